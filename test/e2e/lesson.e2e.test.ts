// A lesson on the built page: the wall of every weight, the fault on it, and the answer from the run at hand.
import { expect, inject, test } from 'vitest';
import { useBrowser } from './browser.ts';
import { PlaygroundPage } from './playground.ts';

const browser = useBrowser();
const previewUrl = inject('previewUrl');
const patient = { timeout: 60_000 };

test('Find it: 337 charts, a press that is not it and one that is, and the same finding at every level', async () => {
  const lesson = await PlaygroundPage.open(
    browser(),
    `${previewUrl}?lesson=over-instrumentation&engine=compiled.plain`,
  );
  const { page } = lesson;
  const beat = (id: string) => page.locator(`[data-beat=${id}]`).waitFor(patient);
  const next = () => lesson.at('lesson-next').click();

  await lesson.at('lesson-skip').click();
  await lesson.at('choice-equally').click(patient);
  await next();
  await beat('instrument');
  await lesson.at('lesson-skip').click();
  await beat('find');
  const charts = lesson.at('wall').getByRole('button');
  await expect.poll(() => charts.count(), patient).toBe(337);
  await lesson.at('pace-600').check({ force: true });
  await expect.poll(() => lesson.at('pause').getAttribute('aria-label'), patient).toBe('Play');
  expect(await lesson.at('lamp-dead_neuron_ratio').innerText()).toContain('covered');

  await charts.nth(0).click();
  expect(await lesson.at('wrong').innerText()).toContain('Not it: layer 1, weight of neuron 1 from input 1.');
  for (let press = 0; press < 32; press++) await page.keyboard.press('ArrowRight');
  const bias = charts.nth(32);
  expect(await bias.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await bias.getAttribute('aria-label')).toMatch(/^layer 1, bias of neuron 1: −\d/);
  await page.keyboard.press('Enter');
  await beat('reveal');
  await next();

  await expect
    .poll(() => lesson.at('same-rows').innerText(), patient)
    .toBe('All 600 rows are equal at every level, to the last bit.');
  const found = await page
    .locator('[data-testid^=level-]')
    .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset['found']));
  expect(found).toHaveLength(4);
  expect(Number(found[0])).toBeGreaterThan(300);
  expect(new Set(found).size).toBe(1);
  expect(await lesson.narrator()).toMatch(
    /^You: \d+ s\. dead_neuron_ratio: after \d+ steps\. One lamp is level: found at the same step/,
  );
  expect(await lesson.at('lamp-dead_neuron_ratio').getAttribute('data-state')).toBe('firing');
  expect(lesson.errors).toEqual([]);
  await lesson.close();
});
