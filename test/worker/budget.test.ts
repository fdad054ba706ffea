// What a run tells of its telemetry's cost, every weight where it is watched, and levels compared aside without a trace in the run.
import { afterEach, describe, expect, it } from 'vitest';
import { telemetryLevels } from '../../src/core/settings.ts';
import { parseRecipe } from '../../src/data/index.ts';
import { compilePlain } from '../../src/engine/compiled/plain.ts';
import { ParameterWatch } from '../../src/worker/parameterWatch.ts';
import type { FromWorker, StartMessage } from '../../src/worker/protocol.ts';
// Fetched before the run begins: at full speed it would leave the core before its telemetry has arrived.
import '../../src/telemetry/runTelemetry.ts';
import { Runner } from '../../src/worker/runner.ts';
import { datasetOf } from './replay.ts';
import { startMessage } from './startMessage.ts';

const small = { hidden: [4], train: 64, validation: 32, batch: 16, checkpointEvery: 8 };
const instrumented = parseRecipe({
  ...small,
  timeline: [{ at: 20, by: 'edit', change: { kind: 'set', settings: { telemetry: 'per-weight' } } }],
});
/** 2·4 + 4 + 4·1 + 1 parameters and their gradients, 4 neurons, 16 losses, and the core of one hidden layer. */
const series = 17 * 2 + 4 + 16 + 11;

let runner: Runner | undefined;
afterEach(() => runner?.receive({ kind: 'stop' }));

async function run(changes: Partial<StartMessage> = {}) {
  const said: FromWorker[] = [];
  const start = startMessage(instrumented, { until: 60, ...changes });
  runner = await Runner.run((message) => void said.push(message), start);
  if (!runner) throw new Error(`the run did not start: ${JSON.stringify(said)}`);
  const of = <K extends FromWorker['kind']>(kind: K) =>
    said.filter((one): one is Extract<FromWorker, { kind: K }> => one.kind === kind);
  const rest = () => expect.poll(() => of('paused').length).toBeGreaterThan(0);
  return { runner, of, rest };
}

describe('a run', () => {
  it('tells what telemetry costs at the core, and above it', async () => {
    const { of } = await run({ pace: 60, until: 600 });
    await expect.poll(() => of('cost').at(-1)?.cost.level).toBe('per-weight');
    const [first, last] = [of('cost')[0]?.cost, of('cost').at(-1)?.cost];
    expect(first).toMatchObject({ level: 'core', dropped: 0, export: { series: 11, recorded: 11 } });
    expect(last).toMatchObject({ stepsPerExport: 1, export: { series, recorded: series } });
    expect(last?.export.points).toBeGreaterThanOrEqual(series);
    expect(last?.export.bytes).toBeGreaterThan(2 * (first?.export.bytes ?? Infinity));
    expect(last?.export.milliseconds).toBeGreaterThan(0);
    expect(last?.points).toBeGreaterThan(first?.points ?? Infinity);
  });

  it('sends every weight of the steps that it computed, once somebody watches', async () => {
    const { runner: live, of } = await run({ pace: 60, until: 600 });
    live.receive({ kind: 'watch-parameters', watched: true });
    await expect.poll(() => of('parameters').length).toBeGreaterThan(1);
    live.receive({ kind: 'pause', paused: true });
    const plain = compilePlain({
      recipe: instrumented,
      generation: 0,
      dataset: await datasetOf(instrumented),
      fromStep: 0,
    });
    for (const { steps, values, count, total } of of('parameters')) {
      expect([count, total, values.length]).toEqual([17, 17, 17 * steps.length]);
      for (const [k, step] of steps.entries()) {
        await plain.advance(step + 1 - plain.step);
        const { parameters } = await plain.detail('per-weight');
        expect(values.slice(k * 17, k * 17 + 17)).toEqual(parameters);
      }
    }
  });

  it('sends no weight that nobody watches', async () => {
    const { of, rest } = await run();
    await rest();
    expect(of('parameters')).toEqual([]);
  });
});

describe('a comparison', () => {
  it('measures every level and leaves no trace in the run', async () => {
    const { runner: live, of, rest } = await run({ until: 30 });
    await rest();
    live.receive({ kind: 'measure', levels: telemetryLevels });
    await expect.poll(() => of('measured').length).toBe(1);
    const [measured] = of('measured');
    expect(measured?.step).toBe(30);
    expect(measured?.levels.map(({ level }) => level)).toEqual(telemetryLevels);
    expect(measured?.levels.map((one) => one.export.series)).toEqual([11, 13, 17, series]);
    for (const { stepsPerSecond, limited, export: full } of measured?.levels ?? []) {
      expect(stepsPerSecond).toBeGreaterThan(0);
      expect(limited.bytes).toBe(full.bytes);
      expect(full.gzip).toBeLessThan(full.bytes);
    }
    live.receive({ kind: 'step' });
    const rows = () => of('rows').flatMap(({ words }) => [...words]);
    const untouched = await run({ until: 31 });
    await untouched.rest();
    const wanted = untouched.of('rows').flatMap(({ words }) => [...words]);
    await expect.poll(() => rows().length).toBe(wanted.length);
    expect(rows()).toEqual(wanted);
  }, 40_000);

  it('can be called off, and the run goes on', async () => {
    const { runner: live, of, rest } = await run({ until: 30 });
    await rest();
    live.receive({ kind: 'measure', levels: telemetryLevels });
    await expect.poll(() => of('measuring').length).toBe(1);
    live.receive({ kind: 'measure', levels: [] });
    await expect.poll(() => of('measured').length).toBe(1);
    expect(of('measured')[0]?.levels).toEqual([]);
    live.receive({ kind: 'step' });
    await expect
      .poll(() =>
        of('rows')
          .flatMap(({ words }) => [...words])
          .includes(30),
      )
      .toBe(true);
  });
});

it('of many steps between two messages some are kept, evenly, the first parameters of a large network', () => {
  const watch = new ParameterWatch();
  watch.watched = true;
  for (let step = 0; step < 1000; step++) watch.see(step, new Float32Array(5000).fill(step));
  const history = watch.due();
  expect([history?.count, history?.total]).toEqual([2000, 5000]);
  const steps = [...(history?.steps ?? [])];
  expect(steps.length).toBeGreaterThan(20);
  expect(steps.length).toBeLessThanOrEqual(64);
  expect(new Set(steps.slice(1).map((step, k) => step - steps[k]!)).size).toBe(1);
  expect(steps.map((_, k) => history?.values[k * 2000])).toEqual(steps);
});

it('who begins to watch a run at rest sees the step at which it rests, and nobody else sees any', () => {
  const watch = new ParameterWatch();
  watch.see(129, Float32Array.of(1, 2));
  watch.see(130, Float32Array.of(3, 4));
  expect(watch.due()).toBeUndefined();
  watch.watched = true;
  expect(watch.due()).toEqual({
    steps: Uint32Array.of(130),
    values: Float32Array.of(3, 4),
    count: 2,
    total: 2,
  });
});
