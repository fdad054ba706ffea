// The page as a person uses it, for end-to-end tests: open, break, read the alert, fix, and what telemetry says happened.
import type { Browser, Page } from 'playwright';
import { expect, vi } from 'vitest';

const learned = /It has learned/;
const slow = { timeout: 100_000 };

type Attributes = Readonly<Record<string, unknown>>;

/** A finding as the telemetry panel lists it. */
export interface ToldFinding {
  readonly detector: string;
  readonly severity: string;
  readonly step: number;
}

/** What a page would keep for later only costs a test its time. */
const firstVisit = { viewport: { width: 1280, height: 720 }, serviceWorkers: 'block' } as const;

/**
 * Ten frames a second instead of sixty: without a GPU much of a test would be spent on drawing charts. What is drawn, and what is heard of a run,
 * is the same. Frame times are measured elsewhere, on a page that is left as it is.
 */
async function drawSeldom(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const milliseconds = 100;
    const draw = window.requestAnimationFrame.bind(window);
    const waiting = new Map<number, FrameRequestCallback>();
    let [asked, isDue] = [0, false];
    const drawAll = (now: number) => {
      const due = [...waiting.values()];
      waiting.clear();
      isDue = false;
      for (const callback of due) callback(now);
    };
    window.requestAnimationFrame = (callback) => {
      waiting.set(++asked, callback);
      if (!isDue) setTimeout(() => draw(drawAll), milliseconds);
      isDue = true;
      return asked;
    };
    window.cancelAnimationFrame = (handle) => waiting.delete(handle);
  });
}

export class PlaygroundPage {
  readonly page: Page;
  readonly errors: string[] = [];
  /** The run pauses at an alert, and whatever waits here goes on. */
  readonly #still: boolean;

  private constructor(page: Page, still: boolean) {
    this.page = page;
    this.#still = still;
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
  }

  static async open(browser: Browser, address: string, prepare?: (page: Page) => Promise<void>) {
    const page = await browser.newPage(firstVisit);
    await drawSeldom(page);
    await prepare?.(page);
    const playground = new PlaygroundPage(page, false);
    await page.goto(address);
    return playground;
  }

  /** Under reduced motion there is no slow motion, ten seconds and more for every fault: the run pauses at an alert until something waits for what is next. */
  static async openStill(browser: Browser, address: string) {
    const page = await browser.newPage({ ...firstVisit, reducedMotion: 'reduce' });
    await drawSeldom(page);
    const playground = new PlaygroundPage(page, true);
    await page.goto(address);
    return playground;
  }

  at(id: string) {
    return this.page.getByTestId(id);
  }

  async narrator(): Promise<string> {
    return (await this.at('narrator').innerText()).replaceAll('\n', ' ');
  }

  /** Waits until the narrator says something; the failure shows what it said instead. */
  async hears(words: RegExp, timeout = slow.timeout): Promise<string> {
    await this.#until(async () => expect(await this.narrator()).toMatch(words), timeout);
    return this.narrator();
  }

  async learns(): Promise<void> {
    await this.hears(learned);
  }

  async press(fault: string): Promise<void> {
    await this.at(`fault-${fault}`).click();
  }

  /** Waits for the alert with this title; returns its evidence. */
  async alert(title: string): Promise<string> {
    const shown = this.at('alert-title').filter({ hasText: title });
    await this.#until(async () => expect(await shown.count(), `alert “${title}”`).toBe(1), slow.timeout);
    return this.at('alert-evidence').innerText();
  }

  async repair(remedy: string): Promise<void> {
    await this.at(`remedy-${remedy}`).click();
    await this.repaired();
  }

  /** Waits until run B is well again. */
  async repaired(): Promise<void> {
    await this.forks();
    await this.hears(/Repaired/);
  }

  /** Waits until run B is on the track. */
  async forks(): Promise<void> {
    await this.#until(async () => expect(await this.at('run-B').count(), 'run B').toBe(1), slow.timeout);
  }

  async step(): Promise<number> {
    return Number((await this.at('step').innerText()).replaceAll(/\D/g, ''));
  }

  /** The findings of all runs from the OpenTelemetry panel, in order of steps, without repetition. */
  async findings(): Promise<readonly ToldFinding[]> {
    await this.at('telemetry').click();
    await this.at('telemetry-events').click();
    const fired = this.page.locator('[data-testid=telemetry-item][data-name="training.detector.fired"]');
    const events = await fired.evaluateAll((elements) =>
      elements.map(
        (element) => JSON.parse((element as HTMLElement).dataset['attributes'] ?? '{}') as Attributes,
      ),
    );
    await this.page.keyboard.press('Escape');
    return events
      .map((attributes) => ({
        detector: String(attributes['detector.id']),
        severity: String(attributes['detector.severity']),
        step: Number(attributes['training.step']),
      }))
      .toSorted((a, b) => a.step - b.step || a.detector.localeCompare(b.detector));
  }

  close(): Promise<void> {
    return this.page.close();
  }

  /** Not `expect.poll`: it asks which test runs, and several may. */
  async #until(claim: () => Promise<void>, timeout: number): Promise<void> {
    const claimOrGoOn = async () => {
      try {
        await claim();
      } catch (error) {
        if (this.#still) await this.#goOn();
        throw error;
      }
    };
    await vi.waitFor(claimOrGoOn, { timeout, interval: 100 });
  }

  /** In one go, for a run that pauses between a look and a click would be paused by it. */
  async #goOn(): Promise<void> {
    await this.page.evaluate(() =>
      document.querySelector<HTMLElement>('[data-testid=pause][aria-label=Play]')?.click(),
    );
  }
}
