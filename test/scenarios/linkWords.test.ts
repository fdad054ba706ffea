// What is wrong with a link, in the words that stand in the link.
import { expect, test } from 'vitest';
import { readLink } from '../../src/scenarios/link.ts';
import { inLinkWords } from '../../src/scenarios/linkWords.ts';

const fieldsOf = (search: string): readonly string[] =>
  inLinkWords(readLink(search).problems, search).map(({ field }) => field);

test.each([
  ['v=2', 'v'],
  ['seed=x', 'seed'],
  ['hidden=16,0', 'hidden.1'],
  ['threshold=loss-spike.warning:x', 'threshold loss-spike.warning'],
  ['do=x,edit', 'step of the 1st do='],
  ['do=4,', 'name of the 1st do='],
  ['do=4,clip,rewind=5,clipNorm=1', 'rewind of the 1st do='],
  ['do=4,raise-rate,scale-rate=x', 'factor of the 1st do='],
  ['do=4,edit,slope=2', 'slope of the 1st do='],
  ['do=4,edit,scale-rate=2,learningRate=0.5', 'the 1st do='],
  ['do=9,edit,slope=0.1&do=8,edit,slope=0.1', 'step of the 2nd do='],
  [`${'do=4,edit,slope=0.1&'.repeat(11)}do=4,`, 'name of the 12th do='],
  [`${'do=4,edit,slope=0.1&'.repeat(22)}do=4,`, 'name of the 23rd do='],
  ['do=4,edit,slope=0.1&'.repeat(201), 'do'],
])('%.60s is wrong in its “%s”', (search, field) => {
  expect(fieldsOf(search)).toEqual([field]);
});

test('where the link has no entries, those of its scenario are named as such', () => {
  expect(fieldsOf('scenario=dead-relu&hidden=8')).toEqual(['units of the scenario’s 1st entry']);
});
