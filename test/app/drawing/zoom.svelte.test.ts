// Where the pointer is on a page that is zoomed, and on one whose browser does not tell.
import { expect, test } from 'vitest';
import { placeWithin, zoomOf } from '../../../src/app/drawing/zoom.ts';

function elementAt(left: number, top: number, zoom?: number): Element {
  const element = document.createElement('div');
  element.getBoundingClientRect = () => new DOMRect(left, top, 100, 100);
  if (zoom !== undefined) Object.defineProperty(element, 'currentCSSZoom', { value: zoom });
  return element;
}

test.each([
  { zoom: 2, place: { left: 15, top: 5 } },
  { zoom: 1, place: { left: 30, top: 10 } },
  { zoom: undefined, place: { left: 30, top: 10 } },
])('zoom $zoom', ({ zoom, place }) => {
  const element = elementAt(10, 20, zoom);
  expect(zoomOf(element)).toBe(zoom ?? 1);
  expect(placeWithin(element, { clientX: 40, clientY: 30 })).toEqual(place);
});
