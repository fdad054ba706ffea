// Every state that the page can be in, for tests that hold in all of them: one line each, and how to get there.
import { readFileSync } from 'node:fs';
import axe from 'axe-core';
import { clouds } from '../data/csv/tables.ts';
import type { PlaygroundPage } from './playground.ts';

export interface PageState {
  readonly name: string;
  /** Opens the page anew; with no path either, goes on from the state before. */
  readonly query?: string;
  /** Of another page than the playground. */
  readonly path?: string;
  readonly phone?: boolean;
  readonly reach: (page: PlaygroundPage) => Promise<void>;
}

const ring = 'engine=compiled.plain&pace=600';
const nothing = () => Promise.resolve();

/** Learned, broken and up to the alert. */
const breaks = (fault: string, title: string) => async (page: PlaygroundPage) => {
  await page.learns();
  await page.press(fault);
  await page.alert(title);
};

async function waitFor(page: PlaygroundPage, id: string): Promise<void> {
  await page.at(id).first().waitFor({ timeout: 60_000 });
}

async function press(page: PlaygroundPage, id: string): Promise<void> {
  await page.at(id).first().click();
}

async function pressAll(page: PlaygroundPage, ...ids: readonly string[]): Promise<void> {
  for (const id of ids) await press(page, id);
}

/** A log with a spike in it, as it comes from elsewhere. */
export const spikingLog = [
  'Step,train/loss,train/grad_norm',
  ...Array.from(
    { length: 100 },
    (_, k) => `${k * 5},${k >= 70 && k < 76 ? 9 : 0.5 + 0.01 * (k % 5)},${k >= 70 && k < 74 ? 30 : 1}`,
  ),
].join('\n');

/** Read from where they are made, so that a new drawer is covered by itself. */
const drawerSource = readFileSync(new URL('../../src/app/panels/Drawers.svelte', import.meta.url), 'utf8');
export const drawers = [...drawerSource.matchAll(/^ {4}'?([\w-]+)'?: \{\s+title:/gm)].map(
  ([, id = '']) => id,
);

async function chooses(page: PlaygroundPage, id: string): Promise<void> {
  await press(page, 'scenario');
  await press(page, `menu-${id}`);
}

/** By its button in the header, its key, or its line in a menu. */
const opens: Readonly<Record<string, (page: PlaygroundPage) => Promise<void>>> = {
  recipe: (page) => press(page, 'recipe'),
  telemetry: (page) => press(page, 'telemetry'),
  share: (page) => press(page, 'share'),
  'own-data': (page) => chooses(page, 'own-data'),
  'own-run': (page) => chooses(page, 'own-run'),
  keys: (page) => page.page.keyboard.press('?'),
  blindfold: async (page) => {
    await press(page, 'more-faults');
    await press(page, 'blindfold-controls');
  },
};

export async function openDrawer(page: PlaygroundPage, id: string): Promise<void> {
  const open = opens[id];
  if (open) await open(page);
  else {
    await press(page, 'more');
    await press(page, `menu-${id}`);
  }
  await waitFor(page, `drawer-${id}`);
  await page.page.locator('.drawer .inside > :not(p:only-child)').first().waitFor();
}

/** Whatever is open. */
export async function closeDrawer({ page }: PlaygroundPage): Promise<void> {
  while ((await page.locator('.drawer').count()) > 0) {
    await page.keyboard.press('Escape');
    await page.waitForTimeout(50);
  }
}

const drawerStates = drawers
  // On a wide page they are a menu.
  .filter((id) => id !== 'scenarios')
  .map((id, k): PageState => ({
    name: `drawer: ${id}`,
    ...(k === 0 && { query: `${ring}&scenario=xor` }),
    reach: async (page) => {
      await closeDrawer(page);
      await openDrawer(page, id);
    },
  }));

const telemetryParts = ['spans', 'events', 'budget', 'export'].map((part): PageState => ({
  name: `OpenTelemetry: ${part}`,
  reach: (page) => press(page, `telemetry-${part}`),
}));

const menus = ['scenario', 'engine', 'more'].map((id, k): PageState => ({
  name: `menu: ${id}`,
  ...(k === 0 && { query: ring }),
  reach: async (page) => {
    if (k > 0) await page.page.keyboard.press('Escape');
    await press(page, id);
    await page.page.getByRole('menu').waitFor();
  },
}));

/** Those that stand still: each with a card of its own. */
const restingBeats: Readonly<Record<string, readonly string[]>> = {
  'loss-spike': ['predict', 'raced', 'receipt'],
  'dead-relu': ['predict', 'find', 'verdict', 'receipt'],
  'input-shift': ['turned', 'receipt'],
  'observability-gap': ['receipt'],
  'over-instrumentation': ['answer', 'bill', 'six'],
};

/** From one such beat to the next, by whatever leads on. */
async function leadTo(page: PlaygroundPage, beat: string): Promise<void> {
  const onward = ['lesson-next', 'choice-', 'page-here', 'choose-step', 'lesson-skip', 'give-up'];
  const buttons = onward.map((id) => `[data-testid=lesson] [data-testid^=${id}]:not(:disabled)`);
  // Looked and pressed in one go: a beat that ends by itself between the two would be pressed past.
  const lookAndPress = () =>
    page.page.evaluate(
      ([wanted, selectors]) => {
        const card = document.querySelector<HTMLElement>('[data-testid=lesson]');
        if (!card) return 'over';
        if (card.dataset['beat'] === wanted) return 'there';
        const found = selectors.flatMap((one) => document.querySelector<HTMLElement>(one) ?? []);
        found[0]?.click();
        return 'on its way';
      },
      [beat, buttons] as const,
    );
  await waitFor(page, 'lesson');
  // With an end of its own: one that went on after its test would press the next test's page.
  const end = Date.now() + 60_000;
  for (;;) {
    const state = await lookAndPress();
    if (state === 'there') return;
    if (state === 'over') throw new Error(`the lesson ended without its beat ${beat}`);
    if (Date.now() > end) throw new Error(`after 60 s the lesson has not come to its beat ${beat}`);
    await page.page.waitForTimeout(150);
  }
}

const lessonBeats = Object.entries(restingBeats).flatMap(([id, beats]) =>
  beats.map((beat, k): PageState => ({
    name: `lesson ${id}: ${beat}`,
    ...(k === 0 && { query: `lesson=${id}&engine=compiled.plain` }),
    reach: (page) => leadTo(page, beat),
  })),
);

/** Pages without a script. */
const readingPages = ['symptoms', 'gallery', 'glossary', 'handout', 'instructor', 'loss-spike'].map(
  (path): PageState => ({ name: `to read: ${path}`, path: `${path}/`, reach: nothing }),
);

export const states: readonly PageState[] = [
  { name: 'learned', query: ring, reach: (page) => page.learns() },
  {
    name: 'loss spike',
    // At one step, so that what is repaired is always the same run: of those from any step some warn once more, and the receipt makes room.
    query: `${ring}&do=300,raise-rate,scale-rate=10`,
    reach: async (page) => {
      await page.alert('Loss spike');
    },
  },
  { name: 'repaired', reach: (page) => page.repair('divide-rate') },
  {
    name: 'held',
    reach: async (page) => {
      await press(page, 'would-it-have-held');
      await waitFor(page, 'held');
    },
  },
  { name: 'dead neurons', query: ring, reach: breaks('kill-relus', 'Dead neurons') },
  { name: 'overfit', query: ring, reach: breaks('starve', 'Overfitting') },
  { name: 'drift', query: ring, reach: breaks('drift-inputs', 'Input') },
  {
    name: 'the wall of every weight',
    query: `${ring}&scenario=instrument-everything`,
    reach: (page) => waitFor(page, 'wall'),
  },
  {
    name: 'shipped',
    query: `${ring}&scenario=validation-hidden`,
    reach: async (page) => {
      await page.hears(/one is dark/);
      await press(page, 'ship');
      await waitFor(page, 'post-mortem');
    },
  },
  {
    name: 'dark',
    query: `${ring}&scenario=validation-hidden`,
    reach: async (page) => {
      await page.hears(/one is dark/);
      await waitFor(page, 'gap');
    },
  },
  {
    name: 'not a number',
    query: `${ring}&loss=squared-error&activation=leaky-relu&do=300,edit,learningRate=100`,
    reach: async (page) => {
      await page.alert('Not a number');
    },
  },
  { name: 'digits', query: 'scenario=digits&engine=compiled.plain&pace=max', reach: (page) => page.learns() },
  {
    name: 'a damaged link',
    query: `${ring}&learningRate=fast&batch=x&colour=red`,
    reach: (page) => waitFor(page, 'notice'),
  },
  {
    name: 'lesson: first question',
    query: 'lesson=over-instrumentation&engine=compiled.plain',
    reach: (page) => waitFor(page, 'lesson-skip'),
  },
  ...drawerStates,
  {
    name: 'OpenTelemetry: signals',
    query: ring,
    reach: async (page) => {
      await page.learns();
      await openDrawer(page, 'telemetry');
    },
  },
  ...telemetryParts,
  ...menus,
  { name: 'on a phone', query: ring, phone: true, reach: (page) => page.learns() },
  { name: 'on a phone, broken', phone: true, reach: breaks('raise-rate', 'Loss spike') },
  { name: 'at rest', query: ring, reach: nothing },
  {
    name: 'a reload offers to resume',
    query: `${ring}&scenario=moons`,
    reach: async (page) => {
      await page.learns();
      await page.page.reload();
      await page.page.evaluate(axe.source);
      await waitFor(page, 'resume-offer');
    },
  },
  {
    name: 'call it: covered',
    query: ring,
    reach: async (page) => {
      await press(page, 'scenario');
      await press(page, 'call-it');
      await waitFor(page, 'call');
    },
  },
  { name: 'call it: named', reach: (page) => pressAll(page, 'call-stop', 'call-data') },
  { name: 'call it: told', reach: (page) => waitFor(page, 'call-line') },
  {
    name: 'a run of one’s own',
    query: ring,
    reach: async (page) => {
      await chooses(page, 'own-run');
      await page.at('bring-text').fill(spikingLog);
      await press(page, 'bring-read');
      await waitFor(page, 'own-run-alert');
      await waitFor(page, 'own-chart-loss');
    },
  },
  {
    name: 'data of one’s own, read',
    query: ring,
    reach: async (page) => {
      await chooses(page, 'own-data');
      await page.at('bring-text').fill(clouds(60));
      await press(page, 'bring-read');
      await waitFor(page, 'own-table');
    },
  },
  { name: 'embedded', query: `${ring}&embed`, reach: (page) => waitFor(page, 'embed') },
  {
    name: 'embedded: a chart and the lamps alone',
    query: `${ring}&embed=loss,lamps`,
    reach: (page) => waitFor(page, 'embed'),
  },
  { name: 'presented', query: `${ring}&present`, reach: (page) => page.learns() },
  { name: 'presented: code', reach: (page) => pressAll(page, 'present-code') },
  {
    name: 'presented: broken',
    query: `${ring}&present`,
    reach: async (page) => {
      await page.learns();
      await press(page, 'present-next');
      await page.hears(/jumped|Try a remedy/);
    },
  },
  {
    name: 'presented: a call',
    query: 'engine=compiled.plain&call&present',
    reach: (page) => waitFor(page, 'call'),
  },
  {
    name: 'presented: a lesson asks',
    query: 'engine=compiled.plain&lesson=dead-relu&present',
    reach: (page) => leadTo(page, 'predict'),
  },
  {
    name: 'presented: the wall of a lesson',
    query: 'engine=compiled.plain&lesson=over-instrumentation&present',
    reach: async (page) => {
      await leadTo(page, 'find');
      await waitFor(page, 'wall');
    },
  },
  ...lessonBeats,
  ...readingPages,
];
