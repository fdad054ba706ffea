// The telemetry budget: what it shows of a run that tells its costs, what may be typed, and a comparison that can be stopped.
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
// Drawers come when they are asked for; here its loading is no part of a test's time.
import '../../../src/app/panels/TelemetryDrawer.svelte';
import { telemetryLevels } from '../../../src/core/settings.ts';
import type { ExportCost, LevelMeasurement, TelemetryCost } from '../../../src/worker/protocol.ts';
import { TelemetryCosts } from '../../../src/app/state/telemetryCosts.svelte.ts';
import { all, appears, find } from '../byTestId.ts';
import { packedRows } from '../state/rows.ts';
import { FakeWorker, useFakeWorkers } from './fakeWorker.ts';
import { loadAll } from '../../../src/app/panels/later.ts';
import Panels from './Panels.svelte';

let mounted: ReturnType<typeof mount> | undefined;

const everything: ExportCost = {
  series: 847,
  recorded: 847,
  points: 847,
  bytes: 91_000,
  gzip: 9000,
  milliseconds: 1.2,
};
const cost = (one: Partial<ExportCost> = {}): TelemetryCost => ({
  level: 'per-weight',
  step: 401,
  stepsPerExport: 1,
  export: { ...everything, ...one },
  stepMilliseconds: 0.4,
  telemetryMilliseconds: 1.2,
  points: 84_700,
  dropped: 12_000,
  queued: 2048,
});

/** A run at the dearest level that has told its cost, with its budget open. */
async function openBudget(told = cost()): Promise<FakeWorker> {
  mounted = mount(Panels, { target: document.body, props: { search: '?telemetry=per-weight' } });
  const worker = FakeWorker.latest;
  worker.ready();
  worker.rows(packedRows(0, 402, () => ({ loss: 0.2, accuracy: 0.9, series: 847 })));
  const metric = {
    kind: 'metric',
    id: 1,
    time: 0,
    description: '',
    instrument: 'gauge',
    unit: '1',
  } as const;
  worker.say({
    kind: 'telemetry',
    items: ['training.loss', 'training.accuracy'].map((name) => ({
      ...metric,
      name,
      attributes: {},
      value: 1,
    })),
  });
  worker.say({ kind: 'cost', cost: told });
  flushSync();
  find('lamp-telemetry_series').click();
  flushSync();
  await appears('bill');
  return worker;
}

function type(id: string, text: string): void {
  const input = document.querySelector<HTMLInputElement>(`[id="recipe-${id}"]`)!;
  input.value = text;
  input.dispatchEvent(new Event('change', { bubbles: true }));
  flushSync();
}

/** The cells of a row of a table, after its name. */
function cells(table: string, name: string): string[] {
  const row = [...find(table).querySelectorAll('tr')].find(
    (one) => one.querySelector('th[scope="row"]')?.textContent === name,
  );
  return [...(row?.querySelectorAll('td') ?? [])].map((cell) => cell.textContent.trim());
}

// As in idle time, once the first run trains.
beforeAll(loadAll);

beforeEach(() => {
  useFakeWorkers();
  localStorage.clear();
});

afterEach(async () => {
  if (mounted) await unmount(mounted);
  mounted = undefined;
});

test('the lamp shows the cost and opens the budget; the counters are those that the thread told', async () => {
  await openBudget();
  expect(find('lamp-telemetry_series').textContent).toContain('847 series · 91 kB · 1.2 ms');
  expect(
    ['series', 'points', 'bytes', 'share', 'dropped', 'money'].map((id) =>
      find(`now-${id}`).textContent.trim(),
    ),
  ).toEqual(['847', '847', '91 kB', '75 %', '12K', '$5.51']);
  expect(find('export-line').textContent).toContain('12,000 of 84,700 points were dropped');
  expect(all('capped')).toHaveLength(0);
});

test('what the cap left out is labelled as extrapolated', async () => {
  await openBudget(cost({ recorded: 400 }));
  expect(find('capped').textContent).toContain('400 of the 847 series were recorded');
  expect(find('bill').querySelector('th')?.textContent).toContain('extrapolated');
});

test('your model is extrapolated from a count that is typed; a bad one is refused and loses nothing', async () => {
  await openBudget();
  const titles = [...find('bill').querySelectorAll('thead th')].map((cell) => cell.textContent.trim());
  expect(titles).toEqual(['this network measured', 'a larger one extrapolated', 'your model extrapolated']);
  expect(cells('bill', 'series')).toEqual(['847', '219K', '–']);
  type('parameters', '7B');
  expect(cells('bill', 'series')).toEqual(['847', '219K', '14B']);
  type('parameters', '12x');
  expect(document.querySelector('#recipe-parameters-problem')?.textContent).toContain('“12x”');
  expect(document.querySelector<HTMLInputElement>('#recipe-parameters')?.value).toBe('12x');
  expect(cells('bill', 'series')).toEqual(['847', '219K', '14B']);
});

test('a price that is typed is used, remembered and can be taken back; one that is not public is not made up', async () => {
  await openBudget();
  expect(find('source').textContent).toContain('grafana.com/pricing in August 2026');
  type('price.per-series', '13');
  expect(cells('bill', 'a month')[0]).toBe('$11.01');
  expect(localStorage.getItem('trainwreck.budget')).toBe('{"price.per-series":13}');
  find('reset-prices').click();
  flushSync();
  expect(document.activeElement?.id).toBe('recipe-price.per-series');
  expect(cells('bill', 'a month')[0]).toBe('$5.51');
  expect(localStorage.getItem('trainwreck.budget')).toBeNull();
  find('billing-per-metric-name').click();
  flushSync();
  // Two core names, and four that the level adds.
  expect(cells('bill', 'names billed')).toEqual(['6', '6', '–']);
  expect(cells('bill', 'a month')).toEqual(['–', '–', '–']);
  type('price.per-metric-name', '2');
  expect(cells('bill', 'a month')[0]).toBe('$12.00');
});

test('the level is an edit of the run', async () => {
  const worker = await openBudget();
  find('level-core').querySelector('input')?.click();
  flushSync();
  expect(worker.last('intervene')).toMatchObject({
    by: 'edit',
    change: { kind: 'set', settings: { telemetry: 'core' } },
  });
});

test('a comparison asks for every level, can be stopped, and shows what was measured', async () => {
  const worker = await openBudget();
  find('compare').focus();
  find('compare').click();
  flushSync();
  expect(worker.last('measure')).toEqual({ kind: 'measure', levels: telemetryLevels });
  expect(document.activeElement).toBe(find('stop-measuring'));
  worker.say({ kind: 'measuring', level: 'per-neuron', done: 2, of: 8 });
  flushSync();
  expect(find('measuring').textContent).toContain('per-neuron');
  find('stop-measuring').click();
  expect(worker.last('measure')).toEqual({ kind: 'measure', levels: [] });
  worker.say({ kind: 'measured', step: 402, levels: [] });
  flushSync();
  expect(all('comparison')).toHaveLength(0);
  expect(document.activeElement).toBe(find('compare'));
  find('compare').click();
  const levels = telemetryLevels.map((level, index): LevelMeasurement => {
    const one = { ...everything, series: [13, 16, 48, 847][index] ?? 0 };
    return { level, stepsPerSecond: 2400 / (index + 1), export: one, limited: one };
  });
  worker.say({ kind: 'measured', step: 402, levels });
  flushSync();
  expect(find('slowdown').textContent).toBe(
    '2,400 steps/s at core, 600 at per-weight: training is 4.0× slower.',
  );
  expect(cells('comparison', 'per-neuron')).toEqual(['48', '91 kB', '1.2 ms', '800', '$0.31']);
});

test('a run that goes on behind another keeps what it cost when it had the processor to itself', () => {
  const costs = new TelemetryCosts(() => undefined);
  costs.stayBehind();
  costs.hear({ kind: 'cost', cost: cost() });
  costs.hear({ kind: 'cost', cost: cost({ milliseconds: 9 }) });
  expect(costs.now?.export.milliseconds).toBe(1.2);
});
