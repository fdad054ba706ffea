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

export class PlaygroundPage {
  readonly page: Page;
  readonly errors: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
  }

  static async open(browser: Browser, address: string, prepare?: (page: Page) => Promise<void>) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    await prepare?.(page);
    const playground = new PlaygroundPage(page);
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
    await vi.waitFor(async () => expect(await this.narrator()).toMatch(words), { timeout, interval: 100 });
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
    // Not `expect.poll`: it asks which test runs, and several may.
    await this.at('alert-title').filter({ hasText: title }).waitFor(slow);
    return this.at('alert-evidence').innerText();
  }

  async repair(remedy: string): Promise<void> {
    await this.at(`remedy-${remedy}`).click();
    await this.at('run-B').waitFor(slow);
    await this.hears(/Repaired/);
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
}
