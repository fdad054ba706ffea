// The glossary explains whatever has a name on the page, once.
import { describe, expect, test } from 'vitest';
import { defaultRecipe } from '../../src/core/recipe.ts';
import { settingsAt, settingsPeriods } from '../../src/core/timeline.ts';
import { detectors } from '../../src/detectors/index.ts';
import { faults } from '../../src/faults/index.ts';
import { glossary } from '../../src/glossary/index.ts';
import { remedyName } from '../../src/glossary/remedyName.ts';
import { remedies } from '../../src/remedies/index.ts';
import { signals } from '../../src/signals/index.ts';

const terms = glossary.flatMap((group) => group.terms);
const settings = { ...settingsAt(settingsPeriods(defaultRecipe, 0), 0), unemitted: ['validation_loss'] };

function explained(heading: string): readonly string[] {
  return glossary.find((group) => group.heading === heading)?.terms.map(({ term }) => term) ?? [];
}

describe('every name on the page has an entry:', () => {
  test.each(signals.map(({ id }) => id))('signal %s', (id) => {
    expect(explained('Signals')).toContain(id);
  });
  test.each(detectors.map(({ title }) => title))('detector %s', (title) => {
    expect(explained('Detectors')).toContain(title);
  });
  test.each(faults.map(({ title }) => title))('fault %s', (title) => {
    expect(explained('Faults')).toContain(title);
  });
  test.each(remedies.map((remedy) => [remedy.id, remedy] as const))('remedy %s', (_, remedy) => {
    const name = remedyName(remedy, { recipe: defaultRecipe, settings });
    const entry = glossary
      .flatMap((group) => group.terms)
      .find(({ term, text }) => term === name && text.includes(remedy.why));
    expect(entry).toBeDefined();
  });
});

test('no term stands twice in a group, and every link to a term leads to one', () => {
  for (const { terms: own } of glossary) {
    expect(new Set(own.map(({ term }) => term)).size).toBe(own.length);
  }
  expect(new Set(terms.map(({ id }) => id)).size).toBe(terms.length);
});

test('every explanation is a sentence that says something', () => {
  for (const { term, text } of terms) {
    expect(text.length, term).toBeGreaterThan(20);
    expect(text, term).toMatch(/[.!?]$/);
    expect(text, term).not.toMatch(/undefined|NaN(?! )|\$\{/);
  }
});
