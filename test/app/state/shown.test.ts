// How a link wants the page to be shown: read, written, and never an exception.
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { controlNames, hidingRule, isKeyOff } from '../../../src/app/state/controls.ts';
import { embedViews } from '../../../src/app/state/pageParts.ts';
import { readShown, writeShown } from '../../../src/app/state/shown.ts';
import { faults } from '../../../src/faults/index.ts';
import { readLink } from '../../../src/scenarios/link.ts';

test('views and controls are read, and written as they were read', () => {
  const { shown, problems } = readShown('?embed=surface.loss.lamps&present&hide=share.pace&seed=7');
  expect(shown).toEqual({ embed: ['surface', 'loss', 'lamps'], present: true, hide: ['share', 'pace'] });
  expect(problems).toEqual([]);
  const address = `?${writeShown(shown).join('&')}`;
  expect(address).toBe('?embed=surface.loss.lamps&present=on&hide=share.pace');
  expect(readShown('?embed=surface,loss,lamps&hide=share,pace').shown).toEqual({ ...shown, present: false });
  expect(readShown(address).shown).toEqual(shown);
});

test('a link without these keys shows the whole page', () => {
  const { shown } = readShown('?scenario=loss-spike');
  expect(shown).toEqual({ embed: undefined, present: false, hide: [] });
  expect(writeShown(shown).join('')).toBe('');
});

test('what is unknown is left out, and told with what was meant, or with what there is', () => {
  const { shown, problems } = readShown('?embed=suface&hide=shrae.share&present=maybe');
  expect(shown.embed).toEqual(['surface']);
  expect(shown.hide).toEqual(['share']);
  expect(problems.map(({ field, value }) => `${field}=${String(value)}`)).toEqual([
    'embed=suface',
    'hide=shrae',
    'present=maybe',
  ]);
  expect(problems[0]?.reason).toContain('“surface”');
  expect(problems[1]?.reason).toContain('“share”');
  expect(readShown('?embed=wheels').problems[0]?.reason).toContain('neurons');
  expect(readShown('?hide=wheels').problems[0]?.reason).toContain('blindfold');
});

test('reading never throws, and what it gives is always of the page', () => {
  fc.assert(
    fc.property(fc.constantFrom('embed', 'hide', 'present'), fc.string(), (key, value) => {
      for (const search of [`?${key}=${value}`, `?${key}=${encodeURIComponent(value)}`, value]) {
        const { shown } = readShown(search);
        expect(shown.embed?.every((view) => embedViews.includes(view)) ?? true).toBe(true);
        expect(shown.hide.every((name) => controlNames.includes(name))).toBe(true);
      }
    }),
  );
});

test('they are known to a link, and no part of its recipe', () => {
  const plain = readLink('?seed=7');
  const shown = readLink('?seed=7&embed=loss&present&hide=share');
  expect(shown.recipe).toEqual(plain.recipe);
  expect(shown.ignored).toEqual([]);
});

test('a hidden control takes its key along', () => {
  expect(isKeyOff('R', ['reset'])).toBe(true);
  expect(isKeyOff('r', ['share'])).toBe(false);
  expect(isKeyOff('1', ['faults'])).toBe(true);
  expect(isKeyOff('1', [faults[0].id])).toBe(true);
  expect(isKeyOff('2', [faults[0].id])).toBe(false);
});

test('a presenter’s buttons go with the controls that do the same, and so do the parts that are large', () => {
  for (const [name, place] of [
    ['pause', 'present-pause'],
    ['undo', 'present-back'],
    ['share', 'present-code'],
    ['card', '.present .card-place'],
    ['lamps', '.present .lamps'],
  ] as const)
    expect(hidingRule([name])).toContain(place);
});

test('every control is somewhere on the page', () => {
  const folder = new URL('../../../src/app/', import.meta.url);
  const text = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(svelte|css|ts)$/.test(path) && !/controls\.ts|pageParts\.ts/.test(path))
    .map((path) => readFileSync(new URL(path, folder), 'utf8'))
    .join('\n');
  expect(hidingRule([])).toBe('');
  for (const name of controlNames) {
    const rule = hidingRule([name]);
    const places = [...rule.matchAll(/data-testid\^?="([^"]+)"|\.(place-[a-z]+)/g)].map(
      ([, id, place]) => id ?? place ?? '',
    );
    expect(places.length).toBeGreaterThan(0);
    for (const place of places) {
      // A fault's button has its id put in; the pace and its choices as well.
      const written = place.replace(/^fault-.*/, 'fault-').replace(/^pace-.*/, 'pace-');
      expect(text, `${name}: ${place}`).toContain(written);
    }
  }
});
