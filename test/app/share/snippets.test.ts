// Text to paste elsewhere.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shownLink } from '../../../src/app/share/shownLink.ts';
import { embedLink, embedSnippet } from '../../../src/app/share/snippets.ts';
import { readShown } from '../../../src/app/state/shown.ts';

const link = 'https://example.org/?v=1&scenario=loss-spike&seed=7';

test('a frame has a title, loads when it is scrolled to, and shows the view', () => {
  const snippet = embedSnippet(link, ['loss'], 'Loss spike, in Trainwreck: loss');
  expect(snippet).toBe(
    '<iframe src="https://example.org/?v=1&amp;scenario=loss-spike&amp;seed=7&amp;embed=loss" title="Loss spike, in Trainwreck: loss" width="560" height="320" loading="lazy" style="border:0;max-width:100%"></iframe>',
  );
  expect(readShown(new URL(embedLink(link, ['loss', 'lamps'])).search).shown.embed).toEqual([
    'loss',
    'lamps',
  ]);
});

test('whatever stands in a title or a link, a frame stays one element', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (address, title) => {
      const snippet = embedSnippet(`https://example.org/?${address}`, ['surface'], title);
      expect(snippet.match(/</g)).toHaveLength(2);
      expect(snippet.match(/"/g)).toHaveLength(12);
    }),
  );
});

test('a link is read without its scheme, and cut where it is long', () => {
  expect(shownLink(link)).toBe('example.org/?v=1&scenario=loss-spike&seed=7');
  expect(shownLink(link.repeat(4))).toHaveLength(84);
});
