// What holds in every state of the built page, light and dark: no violation of WCAG 2.2 AA, a focus that shows, the page's own policy, one origin.
import axe from 'axe-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { useBrowser } from './browser.ts';
import { PlaygroundPage } from './playground.ts';
import { states } from './states.ts';

declare global {
  interface Window {
    readonly axe: typeof axe;
    readonly tellViolation: (text: string) => void;
  }
}

const browser = useBrowser();
const previewUrl = inject('previewUrl');
const all: axe.RunOnly = {
  type: 'tag',
  values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
};
/** Names and structure are the same in the dark. */
const ofColour: axe.RunOnly = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };
const wide = { width: 1280, height: 720 };
const phone = { width: 390, height: 844 };

let page: PlaygroundPage;
const origins = new Set<string>();
const violations: string[] = [];

beforeAll(async () => {
  page = await PlaygroundPage.openStill(browser(), 'about:blank');
  page.page.on('request', (request) => origins.add(new URL(request.url()).origin));
  await page.page.exposeFunction('tellViolation', (text: string) => violations.push(text));
  await page.page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      window.tellViolation(`${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`);
    });
  });
});
afterAll(() => page.close());

/** What axe finds, one line each. Its script comes by the debugger, so that the page keeps its policy. */
async function findings(runOnly: axe.RunOnly): Promise<readonly string[]> {
  const { violations: found } = await page.page.evaluate((only) => {
    // A menu that is open stands at the end of the body, outside of every landmark.
    const rules = { region: { enabled: document.querySelector('[role=menu]') === null } };
    return window.axe.run(document, { runOnly: only, rules, resultTypes: ['violations'] });
  }, runOnly);
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id} (${help}): ${html.slice(0, 160)} ${failureSummary ?? ''}`),
  );
}

/** Interactive elements that look the same with and without the focus. */
function withoutFocusStyle(): Promise<readonly string[]> {
  return page.page.evaluate(() => {
    const look = (element: Element) => {
      const near = [element, element.parentElement, element.nextElementSibling].filter((one) => one !== null);
      return near
        .map((one) => getComputedStyle(one))
        .map(({ outline, boxShadow, borderColor, backgroundColor }) => [
          outline,
          boxShadow,
          borderColor,
          backgroundColor,
        ])
        .join();
    };
    const all = document.querySelectorAll<HTMLElement>(
      'button, a[href], input, select, textarea, summary, [tabindex="0"]',
    );
    const shown = [...all].filter(
      (element) => element.checkVisibility({ visibilityProperty: true }) && !element.matches(':disabled'),
    );
    return shown
      .filter((element) => {
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
        const before = look(element);
        element.focus();
        return document.activeElement === element && look(element) === before;
      })
      .map((element) => element.outerHTML.slice(0, 160));
  });
}

test.each(states)('$name', async ({ query, path, phone: isPhone, reach }) => {
  await page.page.setViewportSize(isPhone ? phone : wide);
  if (query !== undefined || path !== undefined) {
    await page.page.goto(`${previewUrl}${path ?? `?${query ?? ''}`}`);
    await page.page.evaluate(axe.source);
  }
  await reach(page);
  await page.page.emulateMedia({ colorScheme: 'dark' });
  expect.soft(await findings(ofColour), 'dark').toEqual([]);
  await page.page.emulateMedia({ colorScheme: 'light' });
  expect.soft(await findings(all), 'light').toEqual([]);
  await page.page.keyboard.press('Tab');
  expect.soft(await withoutFocusStyle()).toEqual([]);
  expect.soft(violations).toEqual([]);
  expect.soft(page.errors).toEqual([]);
  expect([...origins]).toEqual([new URL(previewUrl).origin]);
});
