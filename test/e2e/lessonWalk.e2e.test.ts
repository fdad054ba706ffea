// Every long lesson on the built page from its first beat to its end, once by mouse and once by keyboard alone.
import { expect, inject, test, vi } from 'vitest';
import { lessonIndex } from '../../src/lessons/index.ts';
import type { LessonEntry } from '../../src/lessons/lesson.ts';
import { useBrowser } from './browser.ts';
import { expectWalked, openLesson, walkOn, wordsAt, type Look } from './lessonWalk.ts';
import type { PlaygroundPage } from './playground.ts';

const browser = useBrowser();
const previewUrl = inject('previewUrl');
const patient = { timeout: 60_000 };
const addressOf = (id: string): string => `${previewUrl}?lesson=${id}&engine=compiled.plain`;

/** What must stand on the page, from the run at hand, at a beat of each lesson. */
const figures: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  'loss-spike': {
    reply: /gradient_norm crossed 5× at 486: 6 steps before the loss jumped\./,
    raced: /A tenth of the rate: no spike\. Clipping: spikes at 492\./,
    receipt: /It jumped to \d+ times what it was, at step 492\./,
  },
  'dead-relu': {
    never: /600 steps more: 7\d % before, 7\d % now\./,
    raced: /Back: batch norm after \d+ steps, LeakyReLU after \d+ steps, a lower rate never\./,
    aside: /The alert fires at \d\d % dead\. 9\d % were right before, 9\d % are now\./,
  },
  'observability-gap': { receipt: /Known 1,\d+ steps before it was shipped\./ },
  'input-shift': {
    turned: /KL 0\.0\d+\. Right in production: \d %\./,
    scaled: /KL 0\.[345]\d*\. Right in production: 9\d %\./,
  },
  'over-instrumentation by mouse': { receipt: /You: \d+ s\. The detector: after \d+ steps\./ },
  'over-instrumentation by keyboard': { receipt: /You: never\. The detector: after \d+ steps\./ },
};

/** Find it: 337 charts, a press that is not it and one that is. */
async function findIt({ page, at }: { page: PlaygroundPage['page']; at: PlaygroundPage['at'] }) {
  const charts = at('wall').getByRole('button');
  await vi.waitFor(async () => expect(await charts.count()).toBe(337), patient);
  await at('pace-600').check({ force: true });
  await page.locator('[data-testid=pause][aria-label=Play]').waitFor(patient);
  expect(await at('lamp-dead_neuron_ratio').innerText()).toContain('covered');
  await charts.nth(0).click();
  expect(await at('wrong').innerText()).toContain('Not it: layer 1, weight of neuron 1 from input 1.');
  for (let press = 0; press < 32; press++) await page.keyboard.press('ArrowRight');
  const bias = charts.nth(32);
  expect(await bias.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await bias.getAttribute('aria-label')).toMatch(/^layer 1, bias of neuron 1: −\d/);
  await page.keyboard.press('Enter');
}

/** The same finding at every level. */
async function seeLevels(lesson: PlaygroundPage) {
  const same = lesson
    .at('same-rows')
    .filter({ hasText: 'All 600 rows are equal at every level, to the last bit.' });
  await same.waitFor(patient);
  const found = await lesson.page
    .locator('[data-testid^=level-]')
    .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset['found']));
  expect(found).toHaveLength(4);
  expect(Number(found[0])).toBeGreaterThan(300);
  expect(new Set(found).size).toBe(1);
  expect(await lesson.narrator()).toMatch(
    /^You: \d+ s\. dead_neuron_ratio: after \d+ steps\. One lamp is level: found at the same step/,
  );
  expect(await lesson.at('lamp-dead_neuron_ratio').getAttribute('data-state')).toBe('firing');
}

/** What is done and looked at on the way. */
const looks: Readonly<Record<string, Look>> = {
  'over-instrumentation by mouse': async (beat, lesson) => {
    if (beat === 'find') await findIt({ page: lesson.page, at: (id) => lesson.at(id) });
    if (beat === 'answer') await seeLevels(lesson);
  },
};

const long = lessonIndex.filter((entry: LessonEntry) => !entry.short);
const both = (['mouse', 'keyboard'] as const).flatMap((hands) => long.map(({ id }) => ({ id, hands })));

test.each(both)('$id, by $hands', patient, async ({ id, hands }) => {
  const way = `${id} by ${hands}`;
  const page = await openLesson(browser(), addressOf(id));
  const met = await walkOn(page, hands, looks[way]);
  await expectWalked(id, page, met);
  for (const [beat, expected] of Object.entries(figures[way] ?? figures[id] ?? {}))
    expect(wordsAt(met, beat), beat).toMatch(expected);
  await page.close();
});
