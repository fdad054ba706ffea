// A walk through a lesson on the built page, from its first beat to its end, by mouse or by keyboard alone: it knows only the card's buttons.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright';
import { expect } from 'vitest';
import { loadLesson } from '../../src/lessons/index.ts';
import { PlaygroundPage } from './playground.ts';

declare global {
  interface Window {
    beatsShown: string[];
  }
}

export type Hands = 'mouse' | 'keyboard';

/** What the card says at one moment. */
interface Moment {
  readonly beat: string;
  /** The question; empty = none. */
  readonly asked: string;
  /** Test id of the button that leads on. */
  readonly button: string;
}

/** A beat or question as the walk met it. */
export interface Met {
  readonly beat: string;
  readonly asked: string;
  /** The narrator's line, right before the walk went on. */
  readonly said: string;
  /** The card's text at that moment. */
  readonly card: string;
}

const patient = { timeout: 30_000 };
/** From the words of a beat to its button: more Tabs would be a search. */
const mostTabs = 16;

/** Buttons that lead on, in the order of preference: what the beat offers, an answer, and the way out. */
const onward = [
  '[data-testid=lesson-next]:not(:disabled)',
  '[data-testid^=choice-]',
  '[data-testid=page-here]:not(:disabled)',
  '[data-testid=choose-step]',
  '[data-testid=lesson-skip]',
  '[data-testid=give-up]',
];

/** Undefined once the lesson is over. */
async function momentOf(page: Page): Promise<Moment | undefined> {
  const handle = await page.waitForFunction((selectors) => {
    const card = document.querySelector<HTMLElement>('[data-testid=lesson]');
    if (!card) return document.querySelector('[data-testid=narrator]') ? 'over' : undefined;
    const button = selectors.flatMap((one) => card.querySelector<HTMLElement>(one) ?? [])[0];
    if (!button) return undefined;
    const { beat = '', asked = '' } = card.dataset;
    return { beat, asked, button: button.dataset['testid'] ?? '' };
  }, onward);
  const moment = (await handle.jsonValue()) as Moment | 'over';
  return moment === 'over' ? undefined : moment;
}

/** By Tab from where the focus has been put; a slider on the way is moved by its arrows. Returns whether the moment is still the same. */
async function reach(page: Page, moment: Moment): Promise<boolean> {
  const { button } = moment;
  await page.waitForFunction(
    () => document.querySelector('[data-testid=lesson]')?.contains(document.activeElement) !== false,
    undefined,
    patient,
  );
  for (let tabs = 0; tabs <= mostTabs; tabs++) {
    const at = await page.evaluate(() => {
      const [card, active] = [
        document.querySelector<HTMLElement>('[data-testid=lesson]'),
        document.activeElement,
      ];
      return {
        beat: card?.dataset['beat'],
        asked: card?.dataset['asked'],
        id: active instanceof HTMLElement ? active.dataset['testid'] : undefined,
        isSlider: active instanceof HTMLInputElement && active.type === 'range',
      };
    });
    if (at.beat !== moment.beat || at.asked !== moment.asked) return false;
    if (at.id === button) return true;
    if (at.isSlider) await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Tab');
  }
  throw new Error(
    `by keyboard, at ${moment.beat}: ${button} is more than ${mostTabs} Tabs away from its words`,
  );
}

/**
 * The beat may end by itself meanwhile: then nothing is pressed, for the same button may stand there for another one. A click that came right
 * after a beat had begun by itself counts for nothing, and is made again.
 */
async function press(page: Page, moment: Moment, ended: Promise<void>, hands: Hands): Promise<void> {
  const { beat, asked, button } = moment;
  if (hands === 'keyboard') {
    if (await reach(page, moment)) await page.keyboard.press('Enter');
    return;
  }
  const own = page.locator(`[data-beat="${beat}"][data-asked="${asked}"]`).getByTestId(button);
  const end = ended.then(() => true);
  for (let isOver = false; !isOver;) {
    await Promise.race([own.click({ timeout: 3000 }).catch(() => undefined), end]);
    isOver = await Promise.race([sleep(250, false), end]);
  }
}

async function moved(page: Page, { beat, asked }: Moment): Promise<void> {
  await page.waitForFunction(
    (before) => {
      const card = document.querySelector<HTMLElement>('[data-testid=lesson]');
      return !card || card.dataset['beat'] !== before.beat || card.dataset['asked'] !== before.asked;
    },
    { beat, asked },
    patient,
  );
}

/** Kept by the page itself: a beat that ends by itself may be over before it is looked at from outside. */
async function keepBeats(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.beatsShown = [];
    const look = () => {
      const beat = document.querySelector<HTMLElement>('[data-testid=lesson]')?.dataset['beat'];
      if (beat !== undefined && beat !== window.beatsShown.at(-1)) window.beatsShown.push(beat);
    };
    new MutationObserver(look).observe(document, {
      subtree: true,
      childList: true,
      attributeFilter: ['data-beat'],
    });
  });
}

/** Every beat that the page has shown since it was opened, in order. */
const beatsShown = ({ page }: PlaygroundPage): Promise<readonly string[]> =>
  page.evaluate(() => window.beatsShown);

/** A page on which a lesson is open. Nothing moves but what trains, and no alert slows it down. */
export async function openLesson(browser: Browser, address: string): Promise<PlaygroundPage> {
  const lesson = await PlaygroundPage.open(browser, address, async (page) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await keepBeats(page);
  });
  await lesson.at('lesson').waitFor(patient);
  return lesson;
}

/** Called at each beat and question before the walk goes on. */
export type Look = (beat: string, lesson: PlaygroundPage) => Promise<void>;

/**
 * From the beat at which the lesson is to its end. Fails where a beat does not end, where a keyboard has to search for its button, or where the
 * page reports an error.
 */
export async function walkOn(
  lesson: PlaygroundPage,
  hands: Hands,
  look: Look = () => Promise.resolve(),
): Promise<readonly Met[]> {
  const { page } = lesson;
  const met: Met[] = [];
  for (let moment = await momentOf(page); moment; moment = await momentOf(page)) {
    const { beat } = moment;
    await look(beat, lesson);
    met.push({ ...moment, said: await lesson.narrator(), card: await lesson.at('lesson').innerText() });
    const ended = moved(page, moment);
    // Waited for below; a press that fails before is the failure to tell.
    ended.catch(() => undefined);
    await press(page, moment, ended, hands);
    await ended;
  }
  expect(lesson.errors).toEqual([]);
  return met;
}

/** Every beat was shown, and every one that asks for something was answered: those that end by themselves may be over before the walk looks. */
export async function expectWalked(id: string, lesson: PlaygroundPage, met: readonly Met[]): Promise<void> {
  const beats = (await loadLesson(id))?.beats ?? [];
  const shown = await beatsShown(lesson);
  expect(shown.slice(-beats.length), id).toEqual(beats.map((beat) => beat.id));
  const walked = new Set(met.map(({ beat }) => beat));
  const asking = beats.filter(({ until }) => until !== 'there' && until !== 'raced');
  expect(
    asking.filter((beat) => !walked.has(beat.id)).map((beat) => beat.id),
    id,
  ).toEqual([]);
}

/** What was said and shown at a beat. */
export const wordsAt = (met: readonly Met[], beat: string): string =>
  met
    .filter((one) => one.beat === beat)
    .map(({ said, card }) => `${said} ${card}`)
    .join(' ')
    .replaceAll(/\s+/g, ' ');
