// The whole loop on the built page: train, break, detect, fix; and the link that replays it.
import { describe, expect, inject, test } from 'vitest';
import { useBrowser } from './browser.ts';
import { PlaygroundPage, type ToldFinding } from './playground.ts';

const browser = useBrowser();
const previewUrl = inject('previewUrl');

interface Failure {
  readonly fault: string;
  readonly title: string;
  readonly detector: string;
  readonly evidence: RegExp;
  readonly remedy: string;
}

const failures: readonly Failure[] = [
  {
    fault: 'raise-rate',
    title: 'Loss spike',
    detector: 'loss-spike',
    evidence: /Gradient norm [\d.,]+× its rolling average \(limit (5|10)×\)/,
    remedy: 'divide-rate',
  },
  {
    fault: 'kill-relus',
    title: 'Dead neurons',
    detector: 'dead-neurons',
    evidence: /\d+ % of layer 1 dead \(limit 20 %\); mean activation/,
    remedy: 'batch-norm',
  },
  {
    fault: 'starve',
    title: 'Overfitting',
    detector: 'overfit',
    evidence: /Validation loss is [\d.,]+× training loss \(limit 1\.3×\)/,
    remedy: 'give-data-back',
  },
];

/** Findings up to the press of the remedy: what both viewings have seen for certain. */
function before(findings: readonly ToldFinding[], address: string): readonly ToldFinding[] {
  const remedy = new URL(address).searchParams.getAll('do').at(-1) ?? '';
  return findings.filter(({ step }) => step < Number(remedy.split(',')[0]));
}

async function breakAndFix(address: string, failure: Failure): Promise<void> {
  const first = await PlaygroundPage.open(browser(), address);
  await first.learns();
  await first.press(failure.fault);
  expect(await first.alert(failure.title)).toMatch(failure.evidence);
  await first.repair(failure.remedy);
  expect(await first.at('steps-lost').innerText()).toMatch(/\d/);
  const link = first.page.url();
  const seen = before(await first.findings(), link);
  expect(seen.map(({ detector }) => detector)).toContain(failure.detector);
  expect(first.errors).toEqual([]);
  await first.close();

  const second = await PlaygroundPage.open(browser(), link);
  await second.at('run-B').waitFor({ timeout: 100_000 });
  expect(before(await second.findings(), link)).toEqual(seen);
  expect(second.page.url()).toBe(link);
  expect(second.errors).toEqual([]);
  await second.close();
}

describe.each([
  { name: 'Ring', scenario: 'ring', pace: '600' },
  { name: 'MNIST digits', scenario: 'digits', pace: 'max' },
])('on $name, in plain JavaScript', ({ scenario, pace }) => {
  test.each(failures)(
    '$fault: $detector fires with its evidence, $remedy repairs it, and the link replays the same findings',
    async (failure) => {
      await breakAndFix(`${previewUrl}?scenario=${scenario}&engine=compiled.plain&pace=${pace}`, failure);
    },
  );
});

test('on TensorFlow.js with WebGPU: kill the ReLUs, dead-neurons fires, batch norm repairs it', async () => {
  const small = 'scenario=ring&hidden=8,8&train=400&validation=200&batch=40&validateEvery=20';
  const page = await PlaygroundPage.open(browser(), `${previewUrl}?${small}&engine=tfjs.webgpu&pace=max`);
  await page.learns();
  expect(await page.at('engine').innerText()).toContain('WebGPU');
  await page.press('kill-relus');
  expect(await page.alert('Dead neurons')).toMatch(/of layer 1 dead/);
  await page.at('remedy-batch-norm').click();
  await page.at('run-B').waitFor({ timeout: 100_000 });
  await page.hears(/Repaired/);
  expect(page.errors).toEqual([]);
  await page.close();
});
