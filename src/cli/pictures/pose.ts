// Brings the page into the state of a scenario's still. Without motion a firing alert pauses the run: the same step every time.
import type { Page } from 'playwright';
import type { Recipe } from '../../core/recipe.ts';
import { settingsAt, settingsPeriods } from '../../core/timeline.ts';
import { remedyOf } from '../../remedies/index.ts';
import { writeLink } from '../../scenarios/writeLink.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import { hear, patient, type Studio } from './studio.ts';
import type { Moment } from '../../site/stills.ts';

/** Steps that a repaired run is given at least. */
const afterRemedy = 200;

/** So many steps before its end a run slows down, to be stopped near it. */
const nearly = 60;

async function open(studio: Studio, query: string): Promise<Page> {
  const page = await studio.open(`${query}&pace=600`, { colorScheme: 'light', reducedMotion: 'reduce' });
  await page.getByTestId('whole').click();
  return page;
}

/** The step on the page; undefined where the wall of charts has taken its place. */
async function stepOn(page: Page): Promise<number | undefined> {
  // Looked for and read in one go: the wall may come between the two.
  const text = await page.evaluate(() => document.querySelector('[data-testid=step]')?.textContent);
  return text === undefined ? undefined : Number(text.replaceAll(/\D/g, ''));
}

async function rests(page: Page): Promise<boolean> {
  return (await page.getByTestId('pause').getAttribute('aria-label')) === 'Play';
}

async function isFiring(page: Page): Promise<boolean> {
  return (await page.locator('.card.firing').count()) > 0;
}

/** Trains to this step and some more; over what pauses the run on its way, but not over what ends it. */
async function trainTo(page: Page, step: number, isOver: (page: Page) => Promise<boolean>): Promise<void> {
  const end = Date.now() + patient.timeout;
  await page.getByTestId('pace-600').click();
  let slow = false;
  for (;;) {
    await page.waitForTimeout(20);
    const isPaused = await rests(page);
    const now = await stepOn(page);
    if (isPaused && (now === undefined || now >= step || (await isOver(page)))) return;
    if (Date.now() > end) throw new Error(`${page.url()}: at step ${now}, not at ${step} in time`);
    if (isPaused || (now ?? 0) >= step) await page.getByTestId('pause').click();
    else if (!slow && (now ?? 0) > step - nearly) {
      await page.getByTestId('pace-60').click();
      slow = true;
    }
  }
}

const never = (): Promise<boolean> => Promise.resolve(false);

/** What jumped is seen as a peak once it comes back. */
async function passPeak(page: Page): Promise<void> {
  for (let step = 0; step < 6; step++) await page.getByTestId('one-step').click();
}

async function openBroken(studio: Studio, { id, steps }: Scenario): Promise<Page> {
  const page = await open(studio, `scenario=${id}`);
  await trainTo(page, steps, isFiring);
  return page;
}

/** What is expected of the scenario still fires. */
async function lasts(page: Page, { expected }: Scenario): Promise<boolean> {
  const detector = await page
    .locator('.card.firing [data-testid=alert]')
    .getAttribute('data-detector', patient);
  return expected.some((id) => id === detector);
}

/** Of an episode that is over by the end, the alert is shown; of anything else, what became of it. */
async function brokenStill(studio: Studio, scenario: Scenario, shoot: Shoot): Promise<Buffer> {
  const page = await openBroken(studio, scenario);
  const fired = await isFiring(page);
  if (fired) await passPeak(page);
  const atAlert = await shoot(page);
  await trainTo(page, scenario.steps, never);
  const isOver = fired && !((await isFiring(page)) && (await lasts(page, scenario)));
  const still = isOver ? atAlert : await shoot(page);
  await page.context().close();
  return still;
}

/** The scenario's recipe with a remedy that no alert offers, pressed at its end. */
function remediedRecipe({ recipe, steps, remedies: [first] }: Scenario): Recipe {
  const remedy = remedyOf(first ?? '');
  if (!remedy || remedy.starts !== 'here') throw new Error(`${first}: no alert offers it, and it rewinds`);
  const settings = settingsAt(settingsPeriods(recipe, 0), steps);
  const entry = { at: steps, by: remedy.id, rewindTo: steps, change: remedy.change({ recipe, settings }) };
  return { ...recipe, timeline: [...recipe.timeline, entry] };
}

async function openRepaired(studio: Studio, scenario: Scenario): Promise<Page> {
  const page = await openBroken(studio, scenario);
  const button = page.getByTestId(`remedy-${scenario.remedies[0]}`);
  if ((await button.count()) > 0) {
    await button.click();
    await page.getByTestId('run-B').waitFor(patient);
    return page;
  }
  await page.context().close();
  return open(studio, writeLink(remediedRecipe(scenario)));
}

async function repairedStill(studio: Studio, scenario: Scenario, shoot: Shoot): Promise<Buffer> {
  const page = await openRepaired(studio, scenario);
  const from = (await stepOn(page)) ?? 0;
  await trainTo(page, Math.max(scenario.steps, from + afterRemedy), never);
  const still = await shoot(page);
  await page.context().close();
  return still;
}

async function learnedStill(studio: Studio, { id }: Scenario, shoot: Shoot): Promise<Buffer> {
  const page = await open(studio, `scenario=${id}`);
  await hear(page, /It has learned/);
  await page.getByTestId('pause').click();
  const still = await shoot(page);
  await page.context().close();
  return still;
}

/** Takes what is to be seen of a page. */
type Shoot = (page: Page) => Promise<Buffer>;

export const stills: Readonly<
  Record<Moment, (studio: Studio, scenario: Scenario, shoot: Shoot) => Promise<Buffer>>
> = { learned: learnedStill, broken: brokenStill, repaired: repairedStill };
