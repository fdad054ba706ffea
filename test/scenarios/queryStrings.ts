// Arbitrary query strings for tests: good links, good links that were damaged, and what no link ever looked like.
import fc from 'fast-check';
import { recipeFields } from '../../src/core/recipe.ts';
import { datasetIds } from '../../src/data/index.ts';
import { thresholdNames } from '../../src/detectors/index.ts';
import { lessonIds } from '../../src/lessons/index.ts';
import { scenarios } from '../../src/scenarios/index.ts';
import { writeLink } from '../../src/scenarios/writeLink.ts';
import { recipes } from './recipes.ts';

const addressKeys = [
  ...['v', 'do', 'threshold', 'scenario', 'lesson', 'lesson', 'answers', 'call', 'engine', 'pace'],
  ...['embed', 'present', 'hide'],
];
const prototypes = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'];
const numbers = ['NaN', '-0', '1e400', '-1e99', 'Infinity', '0x10', ' 5 ', '9007199254740993', '1e-320', '٣'];
const escapes = ['%', '%E0%A4%A', '%00', '%0A', '%u0041', '%F0%9F', '%C0%80', '+', '%2B', '%26', '%3D'];
const scripts = [
  '<script>alert(1)</script>',
  '%3Cscript%3Ealert(1)%3C/script%3E',
  '"><img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  '<svg/onload=alert(1)>',
  '{@html 1}${1}{{1}}',
];
const entries = [
  '402,raise-rate,scale-rate=10',
  '433,clip,rewind=384,clipNorm=1',
  '400,kill-relus,push-biases=1:14:-0.1:70',
  '399,bad-batch,corrupt-batch=3:true:1',
  '433,skip-batches,rewind=384,skip-batches=380:200',
  '400,drift-inputs,drift=1.25:1:0:0:0:300',
  '500,reinitialise-dead,rewind=500,reinitialise',
  '0,hide-signals,unemitted=validation_loss.accuracy',
  '5,edit,__proto__=1',
  '5,edit,constructor=1,constructor=2',
  ',,,',
];
const words = [
  ...['relu', 'tanh', 'adam', 'sgd', 'softmax-cross-entropy', 'true', 'false', '16,16', '', '2', 'on', 'off'],
  ...['compiled.plain', 'tfjs.cpu', 'max', '600', '2026-11-23', 'surface.lamps', 'share.pause'],
  ...scenarios.map(({ id }) => id),
  ...datasetIds,
  ...lessonIds,
  ...thresholdNames.map((name) => `${name}:4`),
];

const unicode = fc.string({ unit: 'binary', maxLength: 12 });
/** Seldom: a hundred thousand of such length would take hours. */
const giant = fc
  .constantFrom('x', '%', ',', '&a=', '9', '\u{1f4a5}', 'do=', '=')
  .map((unit) => unit.repeat(100_000 / unit.length));

const keys = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...recipeFields) },
  { weight: 4, arbitrary: fc.constantFrom(...addressKeys) },
  { weight: 2, arbitrary: fc.constantFrom(...prototypes, ...scripts, ...escapes) },
  { weight: 1, arbitrary: unicode },
);

const values = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(...lessonIds) },
  { weight: 6, arbitrary: fc.constantFrom(...words) },
  { weight: 4, arbitrary: fc.constantFrom(...entries) },
  { weight: 4, arbitrary: fc.constantFrom(...numbers, ...prototypes, ...escapes, ...scripts) },
  { weight: 3, arbitrary: fc.integer({ min: -2, max: 20_000 }).map(String) },
  { weight: 2, arbitrary: fc.double().map(String) },
  { weight: 3, arbitrary: unicode },
  {
    weight: 2,
    arbitrary: fc.array(fc.constantFrom(...words, ...entries, ...numbers), { maxLength: 5 }).map(String),
  },
);

const pairs = fc
  .array(fc.tuple(keys, values), { maxLength: 6 })
  .map((list) => list.map(([key, value]) => `${key}=${value}`).join('&'));

/** A link that the page would write, every kind of them made once: making one takes longer than reading ten. */
const goodLinks = fc.constantFrom(
  ...fc.sample(recipes, { numRuns: 400, seed: 7 }).map(writeLink),
  ...scenarios.map(({ recipe }) => writeLink(recipe)),
);

/** What happens to links in mails and chats: cut off, a character lost or doubled, a piece pasted in, a key given twice. */
const damaged = fc
  .tuple(goodLinks, fc.nat(), fc.constantFrom('cut', 'drop', 'double', 'paste', 'twice', 'escape'), values)
  .map(([link, at, damage, piece]) => {
    const place = at % (link.length + 1);
    const [before, after] = [link.slice(0, place), link.slice(place)];
    if (damage === 'cut') return before;
    if (damage === 'drop') return before + after.slice(1);
    if (damage === 'double') return before + after.slice(0, 1) + after;
    if (damage === 'paste') return before + piece + after;
    if (damage === 'twice') return `${link}&${after}`;
    return before + after.replace(/[=,:]/, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  });

export const queryStrings: fc.Arbitrary<string> = fc.oneof(
  { weight: 2400, arbitrary: pairs },
  { weight: 1200, arbitrary: damaged },
  { weight: 120, arbitrary: goodLinks },
  { weight: 280, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.tuple(keys, giant).map(([key, value]) => `${key}=${value}`) },
);
