// A presented page is zoomed: pixels of the screen, and places of the pointer, are not those of the page.

/** Zoom of the page at an element; 1 where a browser does not tell. */
export function zoomOf(element: Element): number {
  return (element as { readonly currentCSSZoom?: number }).currentCSSZoom ?? 1;
}

/** Where the pointer is, in CSS pixels of the page from an element's left upper corner. */
export function placeWithin(
  element: Element,
  pointer: { readonly clientX: number; readonly clientY: number },
) {
  const { left, top } = element.getBoundingClientRect();
  const zoom = zoomOf(element);
  return { left: (pointer.clientX - left) / zoom, top: (pointer.clientY - top) / zoom };
}
