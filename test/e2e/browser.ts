// The browser of an end-to-end test: a full Chromium with a software GPU, closed when the test file ends.
import { chromium, type Browser } from 'playwright';
import { afterAll, beforeAll } from 'vitest';
import { chromiumFlags, findOrInstallChromium } from '../../src/cli/chromium.ts';

/** Call at the top of a test file; the returned function gives the running browser inside its tests. */
export function useBrowser(): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: await findOrInstallChromium(),
      args: [...chromiumFlags],
    });
  });
  afterAll(() => browser?.close());
  return () => {
    if (browser === undefined) throw new Error('useBrowser: no browser yet; ask for it inside a test');
    return browser;
  };
}
