// The built page in a browser that takes pictures of it.
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright';
import { preview } from 'vite';
import { chromiumFlags, findOrInstallChromium } from '../chromium.ts';

export const wide = { width: 1280, height: 720 };

/** How long a page may take to come into the state of its picture. */
export const patient = { timeout: 120_000 };

export interface Studio {
  /** Opens the playground on plain JavaScript, in a browser context of its own. */
  readonly open: (query: string, options: BrowserContextOptions) => Promise<Page>;
  readonly browser: Browser;
  readonly close: () => Promise<void>;
}

export async function openStudio(): Promise<Studio> {
  const server = await preview({ logLevel: 'warn', preview: { port: 0, host: '127.0.0.1', open: false } });
  const address = server.resolvedUrls?.local[0] ?? '';
  const browser = await chromium.launch({
    executablePath: await findOrInstallChromium(),
    args: [...chromiumFlags],
  });
  return {
    browser,
    open: async (query, options) => {
      const context = await browser.newContext({ viewport: wide, ...options });
      const page = await context.newPage();
      await page.goto(`${address}?engine=compiled.plain&${query}`);
      return page;
    },
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

/** Waits for the narrator to say it. */
export async function hear(page: Page, words: RegExp): Promise<void> {
  await page.getByTestId('narrator').filter({ hasText: words }).waitFor(patient);
}

export async function waitForAlert(page: Page, title: string): Promise<void> {
  await page.getByTestId('alert-title').filter({ hasText: title }).waitFor(patient);
}
