// @vitest-environment jsdom
// Names that people gave their files stand in figures and reports as they are, and are never markup.
import { expect, test } from 'vitest';
import { caption, markdown } from '../../src/figures/caption.ts';
import { drawFigure } from '../../src/figures/figure.ts';
import { markdownText } from '../../src/figures/markdownText.ts';
import { escaped } from '../../src/figures/svg.ts';
import { smallScene } from './scene.ts';

const evil = 'a*b](http://x) `c` <img src=x onerror=alert(1)> | "q"\n# head.csv';

test('a name is text in Markdown: no link, no element, no heading, no cell, no emphasis', async () => {
  const text = markdown(await smallScene(evil), {
    figure: 'own.svg',
    link: 'https://host.example/?own=f(x)',
  });
  const inText = 'a\\*b\\](http://x) \\`c\\` \\<img src=x onerror=alert(1)\\> \\| "q" \\# head.csv';
  expect(text).toContain(
    `*${inText}. Seed 3, 96 steps.* [Replay this run](https://host.example/?own=f%28x%29)`,
  );
  expect(text.split('\n', 1)[0]).toMatch(/^!\[[^\]]*\]\(own\.svg\)$/);
  expect(text).not.toMatch(/^# head|(?<!\\)<img/m);
});

test('a caption that is copied as text is the name as it is', async () => {
  expect(caption(await smallScene(evil))).toContain(evil);
});

test('what Markdown would take for its own is escaped, what garbles a line is gone', () => {
  expect(markdownText('\\ ` * _ [ ] < > # | & ~ $')).toBe(
    '\\\\ \\` \\* \\_ \\[ \\] \\< \\> \\# \\| \\& \\~ \\$',
  );
  expect(markdownText('one\r\ntwo\u2028three\u0001')).toBe('one two three\ufffd');
});

test('a character that XML forbids makes no figure that nobody can open', async () => {
  const svg = drawFigure(await smallScene('run\u0001\u0000\ud800\uffff of mine 😀'));
  const document = new DOMParser().parseFromString(svg, 'image/svg+xml');
  expect(document.querySelector('parsererror')?.textContent).toBeUndefined();
  expect(document.querySelector('title')?.textContent).toBe('run\ufffd\ufffd\ufffd\ufffd of mine 😀');
  expect(escaped('tab\tline\n')).toBe('tab\tline\n');
});
