// Every short lesson on the built page from its first beat to its end, by mouse or by keyboard alone.
import { expect, inject, test } from 'vitest';
import { shortLessonId } from '../../src/lessons/short/shortLessonId.ts';
import { scenarioOf, scenarios } from '../../src/scenarios/index.ts';
import { useBrowser } from './browser.ts';
import { expectWalked, openLesson, walkOn, wordsAt, type Hands } from './lessonWalk.ts';
import type { PlaygroundPage } from './playground.ts';

const browser = useBrowser();
const previewUrl = inject('previewUrl');

/** Several on one page, as somebody goes from one to the next. */
const atATime = 7;
const some = Array.from({ length: Math.ceil(scenarios.length / atATime) }, (_, k) => {
  const [first = '', ...others] = scenarios.slice(k * atATime, (k + 1) * atATime).map(({ id }) => id);
  return { first, others };
});
/** All are made by the same rules: in turn by mouse and by keyboard, unless each is asked for both ways, which takes two minutes more. */
const short = some.flatMap((ones, k) => {
  const hands: readonly Hands[] = k % 2 === 0 ? ['mouse', 'keyboard'] : ['keyboard', 'mouse'];
  return hands
    .slice(0, process.env['TRAINWRECK_WALKS'] === 'both' ? 2 : 1)
    .map((by) => ({ hands: by, ...ones }));
});

/** The scenario from the menu, and its lesson from the card; where an alert may be first to have the card, from the menu too. */
async function openShort({ page }: PlaygroundPage, scenario: string, hands: Hands): Promise<void> {
  const isHealthy = scenarioOf(scenario)?.recipe.timeline.length === 0;
  const lesson = isHealthy ? ['short-lesson'] : ['scenario', `lesson-${shortLessonId({ id: scenario })}`];
  for (const id of ['scenario', `scenario-${scenario}`, ...lesson]) {
    const target = page.getByTestId(id);
    await (hands === 'mouse' ? target.click() : target.press('Enter'));
  }
  await page.getByTestId('lesson').waitFor();
}

test.each(short)(
  'short ones from $first on, by $hands',
  { timeout: 120_000 },
  async ({ hands, first, others }) => {
    const page = await openLesson(
      browser(),
      `${previewUrl}?lesson=${shortLessonId({ id: first })}&engine=compiled.plain`,
    );
    for (const scenario of [first, ...others]) {
      if (scenario !== first) await openShort(page, scenario, hands);
      const met = await walkOn(page, hands);
      await expectWalked(shortLessonId({ id: scenario }), page, met);
      if ((scenarioOf(scenario)?.expected.length ?? 0) > 0)
        expect(wordsAt(met, 'explain'), scenario).toMatch(/fired at step \d|Without [\w ,]+ these are blind/);
      expect(wordsAt(met, 'receipt'), scenario).not.toMatch(/nothing to compare|undefined/);
    }
    await page.close();
  },
);
