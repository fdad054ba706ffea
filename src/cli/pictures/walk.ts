// A newcomer's walk over the built page, at the pace of one who reads: from opening it to a repaired run and a saved figure.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { fillMarks } from '../fillMarks.ts';
import { hear, waitForAlert, wide, type Studio } from './studio.ts';
import { webpOf } from './webp.ts';

const folder = 'docs/pictures/walkthrough';
const page = 'docs/walkthrough.md';
const width = 960;
/** Bytes of a picture. */
const most = 60_000;
/** Before every press: long enough to read the sentence, the card and the buttons, in milliseconds. */
const reading = 6000;

interface Stop {
  /** Of the picture. */
  readonly name: string;
  readonly sees: string;
  readonly presses: string;
  /** Waits for what is to be seen. */
  readonly arrive: (page: Page) => Promise<void>;
  readonly press?: (page: Page) => Promise<void>;
}

const click = (testId: string) => (page: Page) => page.getByTestId(testId).click();

const stops: readonly Stop[] = [
  {
    name: '1-opened',
    sees: 'A network is learning already; the sentence on top says what.',
    presses: 'nothing',
    arrive: (page) => hear(page, /is learning/),
  },
  {
    name: '2-learned',
    sees: '“It has learned … Now break it.”, and a row of buttons below.',
    presses: '**Kill the ReLUs**',
    arrive: (page) => hear(page, /It has learned/),
    press: click('fault-kill-relus'),
  },
  {
    name: '3-alert',
    sees: 'Tiles are crossed out, a lamp is level and red, and a card says what was seen and what helps.',
    presses: 'the blue button, **Add batch norm**',
    arrive: (page) => waitForAlert(page, 'Dead neurons'),
    press: click('remedy-batch-norm'),
  },
  {
    name: '4-repaired',
    sees: '“Repaired”: how much is right again, and what it cost, with the alert and without it.',
    presses: '**Share** on the card',
    arrive: (page) => hear(page, /Repaired/),
    press: (page) => page.locator('.card').getByRole('button', { name: 'Share', exact: true }).click(),
  },
  {
    name: '5-share',
    sees: 'A link, a crash report and, further down, the figure.',
    presses: '**Save SVG** below the figure',
    arrive: (page) =>
      page.getByTestId('figure-svg').evaluate((button) => button.scrollIntoView({ block: 'end' })),
  },
];

async function saveFigure(page: Page): Promise<void> {
  const saved = page.waitForEvent('download');
  await page.getByTestId('figure-svg').click();
  await (await saved).saveAs(`${folder}/6-saved-figure.svg`);
}

const clock = (since: number): string => {
  const seconds = Math.round((Date.now() - since) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

/** Takes the pictures, and writes the times into the page that tells of them. */
export async function takeWalk(studio: Studio): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const opened = Date.now();
  const visitor = await studio.open('', { viewport: wide, colorScheme: 'light', acceptDownloads: true });
  const told: string[] = [];
  const shots: { readonly name: string; readonly png: Buffer }[] = [];
  for (const { name, sees, presses, arrive, press } of stops) {
    await arrive(visitor);
    const at = clock(opened);
    if (name !== stops[0]?.name) await visitor.waitForTimeout(reading);
    shots.push({ name, png: await visitor.screenshot() });
    const picture = `![${sees.replaceAll('**', '')}](${folder.replace('docs/', '')}/${name}.webp)`;
    told.push(`**${at}** ${sees} *Pressed:* ${presses}.`, picture);
    await press?.(visitor);
  }
  await saveFigure(visitor);
  const total = clock(opened);
  await visitor.context().close();
  const bench = await (await studio.browser.newContext()).newPage();
  for (const { name, png } of shots)
    writeFileSync(`${folder}/${name}.webp`, await webpOf(bench, png, most, width));
  await bench.context().close();
  const steps = fillMarks(page, readFileSync(page, 'utf8'), 'walk', told.join('\n\n'));
  const sum = `From opening the page to the saved figure: **${total}** minutes.`;
  writeFileSync(page, fillMarks(page, steps, 'total', sum));
  console.log(`${page}: ${total} from opening the page to the saved figure`);
}
