// @vitest-environment jsdom
// The static pages: one for every scenario, links that lead somewhere, no script, nothing from elsewhere, and everything escaped.
import { describe, expect, test } from 'vitest';
import { readingPages } from '../../src/app/panels/readingPages.ts';
import { lessonIds } from '../../src/lessons/index.ts';
import { remedyLines } from '../../src/remedies/inCode.ts';
import { scenarioOf, scenarios } from '../../src/scenarios/index.ts';
import type { Scenario } from '../../src/scenarios/scenario.ts';
import { exercises } from '../../src/site/exercises.ts';
import { escaped, html } from '../../src/site/html.ts';
import { sitePages } from '../../src/site/index.ts';
import { scenarioPage } from '../../src/site/scenarioPage.ts';
import { symptoms } from '../../src/site/symptoms.ts';
import { hasFile, linksOf, pages, quality } from './page.ts';

const all: readonly Scenario[] = scenarios;
const base = 'https://host.example/some/place/';

function pageAt(path: string) {
  const page = pages.find((one) => one.path === path);
  if (!page) throw new Error(`${path}: there is no such page`);
  return page;
}

describe.each(pages.map((page) => [page.path, page] as const))('%s', (path, { document, text }) => {
  test('has a title, a description, one main heading, and levels in order', () => {
    expect(document.title).toMatch(/. · Trainwreck$/);
    expect(document.querySelector('meta[name=description]')?.getAttribute('content')).toMatch(/.{20}/);
    const levels = [...document.querySelectorAll('h1, h2, h3, h4')].map(({ tagName }) => Number(tagName[1]));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.forEach((level, index) => expect(level - (levels[index - 1] ?? 1)).toBeLessThanOrEqual(1));
  });

  test('runs nothing, styles nothing in itself, and asks no other place for anything', () => {
    expect(document.querySelector('script, style, iframe, object, embed, form')).toBeNull();
    for (const element of document.querySelectorAll('*')) {
      const names = element.getAttributeNames();
      expect(names.filter((name) => name === 'style' || name.startsWith('on'))).toEqual([]);
    }
    const policy = document
      .querySelector('meta[http-equiv=Content-Security-Policy]')
      ?.getAttribute('content');
    expect(policy).toMatch(/^default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self';/);
    expect(text.replaceAll(/<pre.*?<\/pre>|<code>.*?<\/code>/gs, '')).not.toMatch(/(?:https?:)?\/\/\w/);
    expect(text).not.toMatch(/undefined|\[object/);
  });

  test('every link leads to a page, a place on it, or the playground', () => {
    for (const { href, hash, pathname, search } of linksOf(path, document)) {
      expect(href.startsWith(base), href).toBe(true);
      const target = pathname.slice('/some/place/'.length);
      if (target === '') {
        expect(search === '' || knownQuery(search), href).toBe(true);
        continue;
      }
      const page = pageAt(target.endsWith('/') ? `${target}index.html` : target);
      if (hash !== '') expect(page.document.getElementById(hash.slice(1)), href).not.toBeNull();
    }
  });

  test('every picture is there and says what it shows; every id is its own', () => {
    for (const image of document.querySelectorAll('img')) {
      const source = image.getAttribute('src') ?? '';
      expect(hasFile(source.slice(1)) || hasFile(`public${source}`), source).toBe(true);
      expect(image.hasAttribute('alt')).toBe(true);
      expect(image.getAttribute('alt') !== '' || image.closest('a') !== null).toBe(true);
    }
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

/** Scenarios and the lessons that there are or will be: short ones by scenario, and those of the workshop. */
function knownQuery(search: string): boolean {
  const query = new URLSearchParams(search);
  if (query.has('present')) return true;
  const scenario = query.get('scenario');
  if (scenario !== null) return scenarioOf(scenario) !== undefined;
  const lesson = query.get('lesson') ?? '';
  if (lesson.startsWith('short-')) return scenarioOf(lesson.slice('short-'.length)) !== undefined;
  return exercises.some((exercise) => exercise.lesson === lesson) || lessonIds.includes(lesson);
}

describe.each(all.map((scenario) => [scenario.id, scenario] as const))('the page of %s', (id, scenario) => {
  const { document } = pageAt(`${id}/index.html`);
  const words = document.body.textContent.replaceAll(/\s+/g, ' ');

  test('tells the story, opens it live, and leads to its lesson', () => {
    expect(words).toContain(scenario.story);
    const links = linksOf(`${id}/index.html`, document).map(({ search }) => search);
    expect(links).toContain(`?scenario=${id}`);
    expect(links).toContain(`?lesson=short-${id}`);
  });
});

const broken = all.filter(({ remedies }) => remedies.length > 0);

describe.each(broken.map((scenario) => [scenario.id, scenario] as const))(
  'the page of %s',
  (id, scenario) => {
    const { document } = pageAt(`${id}/index.html`);
    const words = document.body.textContent.replaceAll(/\s+/g, ' ');

    test.runIf(scenario.remedies.length > 0)(
      'says why, what tells, what fires, and what helps with its lines',
      () => {
        expect(words).toContain(scenario.cause);
        expect(words).toContain(scenario.signal);
        const code = [...document.querySelectorAll('pre')].map(({ textContent }) => textContent);
        expect(code.filter((text) => text.startsWith('# PyTorch') && text.includes('\n# Keras'))).not.toEqual(
          [],
        );
        expect(code.filter((text) => text.includes('- alert: ')).length).toBeGreaterThanOrEqual(
          scenario.expected.length,
        );
        for (const remedy of scenario.remedies) {
          const line = Object.entries(remedyLines).find(([of]) => of === remedy)?.[1].pytorch ?? '?';
          expect(code.join('\n')).toContain(line);
        }
        expect(code.some((text) => text.includes('emit("'))).toBe(true);
      },
    );
  },
);

test('every scenario that goes wrong is found by its symptom', () => {
  const led: readonly string[] = symptoms.flatMap(({ leads }) => leads.flatMap(({ to }) => to));
  expect(broken.filter(({ id }) => !led.includes(id)).map(({ id }) => id)).toEqual([]);
});

test('the menu of the playground leads to pages that there are', () => {
  for (const [folder] of readingPages) pageAt(`${folder}/index.html`);
});

test('a scenario without pictures, and a build without figures, still make pages', () => {
  const bare = sitePages({ quality: undefined, hasFile: () => false });
  expect(bare.map(({ path }) => path)).toEqual(pages.map(({ path }) => path));
  expect(bare.every(({ text }) => !/\.webp|\.svg" alt="[^"]/.test(text))).toBe(true);
});

test('whatever a story holds is text, not markup', () => {
  const evil = '<script>alert("1")</script>&\'';
  const scenario = {
    ...all.find(({ id }) => id === 'dead-relu')!,
    title: evil,
    story: evil,
    cause: evil,
    signal: evil,
  };
  const { text } = scenarioPage(scenario, { quality, hasFile });
  expect(text).not.toContain('<script');
  expect(text).not.toContain('alert("1")');
  expect(text).toContain(escaped(evil));
  expect(html`<b title="${evil}">${[evil, 1, undefined, html`<i></i>`]}</b>`.markup).toBe(
    `<b title="${escaped(evil)}">${escaped(evil)}1<i></i></b>`,
  );
});
