// @vitest-environment jsdom
// The crash report: its one sentence is whole, and its code can be read or it is said where the link is.
import { beforeAll, describe, expect, test } from 'vitest';
import { drawCard, type Card } from '../../src/figures/card.ts';
import { cardSize } from '../../src/figures/cardFrame.ts';
import { fitted } from '../../src/figures/fitted.ts';
import { qrCode } from '../../src/figures/qr.ts';
import type { Scene } from '../../src/figures/scene.ts';
import { textWidth } from '../../src/figures/svg.ts';
import { smallScene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await smallScene();
});

/** Beside a picture, before it and after. */
const pictures: Card['pictures'] = [
  { kind: 'confusion', caption: 'broken, step 1,040', counts: [9, 1, 2, 8], classes: 2 },
  { kind: 'confusion', caption: 'repaired, step 1,240', counts: [9, 0, 0, 9], classes: 2 },
];

function drawn(changes: Partial<Card>): Document {
  const svg = drawCard({
    title: 'Loss spike, seed 7',
    sentence: 'Not a number at step 5.',
    outcome: 'Caught by loss.',
    severity: 'firing',
    pictures,
    scene,
    chart: 'loss',
    link: 'https://host.example/?v=1&scenario=loss-spike',
    shownLink: 'host.example/?v=1&scenario=loss-spike',
    ...changes,
  });
  const document = new DOMParser().parseFromString(svg, 'image/svg+xml');
  expect(document.querySelector('parsererror')?.textContent).toBeUndefined();
  return document;
}

function linesOf(document: Document, kind: string): readonly Element[] {
  return [...document.querySelectorAll(`text.${kind}`)];
}

function wordsOf(document: Document, kind: string): string {
  return linesOf(document, kind)
    .map(({ textContent }) => textContent)
    .join(' ');
}

function codeSide(document: Document): number | undefined {
  const group = document.querySelector('g.code');
  const [, scale] = /scale\(([\d.]+)\)/.exec(group?.getAttribute('transform') ?? '') ?? [];
  const squares = group?.querySelector('rect')?.getAttribute('width');
  return scale === undefined ? undefined : Number(scale) * Number(squares);
}

const longSentences = [
  'Overfitting at step 1,040. Validation loss is up by more than 15 % from its best, and above training loss: 0.42 against 0.22.',
  'Input shift at step 12,450. KL(production ‖ validation) is 0.0123 nat over 256 inputs (limit 0.0098).',
  'Stalled at step 1,200. After 1200 steps validation loss is at best 0.693, 99.8 % of what it began with (limit 98 %).',
  'Vanishing gradient at step 1,040. The first layer’s gradient is 0.000123× the last layer’s (limit 0.001×).',
  'Observability gap at step 1,040. Not emitted for 200 steps (limit 200): validation_loss, validation_accuracy.',
];

describe('its sentence', () => {
  test.each(longSentences)('is whole, in its place: %s', (sentence) => {
    const document = drawn({ sentence });
    expect(wordsOf(document, 'sentence')).toBe(sentence);
    const lines = linesOf(document, 'sentence');
    expect(lines.length).toBeLessThanOrEqual(3);
    for (const one of lines) {
      const size = Number(/font-size:([\d.]+)px/.exec(one.getAttribute('style') ?? '')?.[1]);
      expect(size).toBeGreaterThanOrEqual(20);
      expect(textWidth(one.textContent, size)).toBeLessThan(cardSize.width - 96);
      expect(Number(one.getAttribute('y'))).toBeLessThan(207);
      expect(Number(one.getAttribute('y'))).toBeGreaterThan(92 + 0.8 * size);
    }
  });

  test('is large where it is short', () => {
    const [only] = linesOf(drawn({}), 'sentence');
    expect(only?.getAttribute('style')).toBe('font-size:34px');
  });

  test('ends with an ellipsis where no size holds it, and so do outcome and title', () => {
    const sentence = 'It goes on and on. '.repeat(40);
    const document = drawn({ sentence, outcome: sentence, title: `${'long-name'.repeat(20)}.csv` });
    expect(wordsOf(document, 'sentence')).toMatch(/…$/);
    expect(wordsOf(document, 'what')).toMatch(/…$/);
    expect(document.querySelector('tspan.what')?.textContent).toMatch(/^crash report · (long-name)+.*…$/);
  });
});

test('a text fits in the first size that holds it; a single word that none holds is cut', () => {
  const place = {
    width: textWidth('m'.repeat(10), 20),
    settings: [[20, 1] as const, [10, 2] as const] as const,
  };
  expect(fitted('ten letters', place)).toEqual({ size: 10, lines: ['ten letters'] });
  expect(fitted('ten', place)).toEqual({ size: 20, lines: ['ten'] });
  expect(fitted('m'.repeat(30), place)).toEqual({ size: 10, lines: [`${'m'.repeat(19)}…`] });
});

const site = 'https://host.example/?do=';
const linkOf = (letters: number): string => site + 'x'.repeat(letters - site.length);

describe('its code', () => {
  test.each([
    [60, 2],
    [400, 2],
    [1000, 2],
    [2953, 1],
    [2953, 0],
  ])('of a link of %d letters beside %d pictures has two pixels a square', (letters, count) => {
    const link = linkOf(letters);
    const side = codeSide(drawn({ link, pictures: pictures.slice(0, count) })) ?? 0;
    expect(side / (qrCode(link)?.size ?? NaN)).toBeGreaterThanOrEqual(1.99);
  });

  test('leaves room for two pictures and a chart, however long the link is', () => {
    const document = drawn({ link: linkOf(2953) });
    const side = codeSide(document) ?? 0;
    expect(side).toBeGreaterThan(250);
    const code = document.querySelector('g.code')?.getAttribute('transform') ?? '';
    const codeLeft = Number(/translate\(([\d.]+)/.exec(code)?.[1]);
    const steps = [...document.querySelectorAll('text.caption')].at(-1);
    expect(steps?.textContent).toBe('step 96');
    expect(Number(steps?.getAttribute('x'))).toBeLessThan(codeLeft);
  });

  test('of a link that no code holds is not there, and the card says where the link is', () => {
    const document = drawn({ link: linkOf(2954), shownLink: 'host.example/?do=xxx…' });
    expect(document.querySelector('g.code')).toBeNull();
    expect(wordsOf(document, 'link')).toMatch(/link\.txt of the zip/);
    expect(wordsOf(document, 'link')).not.toContain('xxx');
  });

  test('is not needed to read a short link, which is whole', () => {
    expect(wordsOf(drawn({}), 'link')).toBe('host.example/?v=1&scenario=loss-spike');
  });
});
