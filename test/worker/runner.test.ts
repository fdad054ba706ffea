// The training loop answers every message, also one that comes at an awkward moment.
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { parseRecipe } from '../../src/data/index.ts';
import { plainEngine } from '../../src/engine/compiled/plain.ts';
import type { Program } from '../../src/engine/engine.ts';
import type { FromWorker, StartMessage, TelemetryItem } from '../../src/worker/protocol.ts';
import { MemoryLogExporter } from '../../src/telemetry/memory.ts';
import type { Exporters } from '../../src/telemetry/setup.ts';
import { Runner } from '../../src/worker/runner.ts';
import { startMessage } from './startMessage.ts';

const recipe = parseRecipe({ hidden: [4], train: 64, validation: 32, batch: 16, checkpointEvery: 8 });
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

let runner: Runner | undefined;

afterEach(() => {
  runner?.receive({ kind: 'stop' });
  vi.restoreAllMocks();
});

/** Starts a run; what it says is kept, and its last step is known from its rows. */
async function run(changes: Partial<StartMessage> = {}, exporters: Exporters = {}) {
  const said: FromWorker[] = [];
  let step = -1;
  let width = 0;
  runner = await Runner.run(
    (message) => {
      said.push(message);
      if (message.kind === 'ready') width = 2 + message.columns.length;
      if (message.kind === 'rows') step = message.words.at(-width) ?? -1;
    },
    startMessage(recipe, changes),
    exporters,
  );
  if (!runner) throw new Error(`the run did not start: ${JSON.stringify(said)}`);
  return {
    runner,
    said,
    step: () => step,
    of: (kind: FromWorker['kind']) => said.filter((one) => one.kind === kind),
  };
}

/** Everything of this name that telemetry was told of. */
function emitted(said: readonly FromWorker[], name: string): readonly TelemetryItem[] {
  return said
    .flatMap((message) => (message.kind === 'telemetry' ? message.items : []))
    .filter((item) => item.name === name);
}

describe('a run', () => {
  it('has a span for every compilation: where its structure changes it compiles again', async () => {
    const timeline = [{ at: 10, by: 'edit', change: { kind: 'set', settings: { activation: 'tanh' } } }];
    const { said, of } = await run({ recipe: parseRecipe({ ...recipe, timeline }), until: 20 });
    await expect.poll(() => of('paused').length).toBe(1);
    await expect.poll(() => emitted(said, 'training.compile').length).toBe(2);
    const engine = { 'training.engine': 'compiled.plain' };
    expect(emitted(said, 'training.compile')).toMatchObject([{ attributes: engine }, { attributes: engine }]);
  });

  it('says that it is alive while it is paused, and nothing in a hidden tab', async () => {
    const timers = vi.spyOn(globalThis, 'setInterval');
    const cleared = vi.spyOn(globalThis, 'clearInterval');
    const ours = () =>
      timers.mock.calls.flatMap(([beat, every], at) => (every === 5000 ? [{ beat, at }] : []));
    const { runner: live, said } = await run({ until: 20 });
    await expect.poll(() => ours().length).toBe(1);
    const [{ beat, at } = { beat: () => undefined, at: -1 }] = ours();
    beat();
    expect(emitted(said, 'training.run.heartbeat').at(-1)).toMatchObject({
      attributes: { 'training.paused': true, 'training.step': 20 },
    });
    live.receive({ kind: 'visible', visible: false });
    await expect.poll(() => cleared.mock.calls.flat()).toContain(timers.mock.results[at]?.value);
    await pause(20);
    expect(ours()).toHaveLength(1);
  });

  it('tells an item of its telemetry as it would be sent, also at rest', async () => {
    const { runner: live, of } = await run({ until: 20 });
    await expect.poll(() => of('paused').length).toBe(1);
    const item = (name: string) =>
      of('telemetry')
        .flatMap((message) => (message.kind === 'telemetry' ? message.items : []))
        .findLast((one) => one.name === name);
    await expect.poll(() => item('training.steps')).toMatchObject({ value: 20 });
    const loss = item('training.loss');
    live.receive({ kind: 'otlp', item: loss!.id });
    live.receive({ kind: 'otlp', item: 1e9 });
    await expect.poll(() => of('otlp').length).toBe(2);
    expect(of('otlp')).toMatchObject([
      { item: loss!.id, otlp: { json: expect.stringContaining('"training.loss"') as string } },
      { item: 1e9, otlp: null },
    ]);
  });

  it('goes on when it is resumed while the picture of its rest is still being drawn', async () => {
    vi.spyOn(plainEngine, 'compile').mockImplementation(async (request) => {
      const { compilePlain } = await import('../../src/engine/compiled/plain.ts');
      const program = compilePlain(request);
      const slow: Pick<Program, 'evaluate'> = {
        evaluate: async (split) => {
          await pause(60);
          return program.evaluate(split);
        },
      };
      return Object.assign(Object.create(program) as Program, slow);
    });
    const { runner: live, step } = await run({ pictures: 12, pace: 60 });
    await expect.poll(step).toBeGreaterThan(2);
    live.receive({ kind: 'pause', paused: true });
    await pause(40);
    live.receive({ kind: 'pause', paused: false });
    const before = step();
    await expect.poll(step).toBeGreaterThan(before + 5);
  });

  it('takes exactly one step when it is told to', async () => {
    const { runner: live, step } = await run({ paused: true });
    live.receive({ kind: 'step' });
    await expect.poll(step).toBe(0);
    await pause(50);
    expect(step()).toBe(0);
  });

  it('goes on at its pace when signals turn out to be missing: that is no alert', async () => {
    const blind = parseRecipe({ ...recipe, unemitted: ['validation_loss'] });
    const { of, step } = await run({ recipe: blind, pace: 600, atAlert: 'slow' });
    await expect.poll(step).toBeGreaterThan(60);
    expect(of('detected')).toHaveLength(1);
    expect(of('slowed')).toEqual([]);
  });

  it('rests in a hidden tab, from the start if need be', async () => {
    const { runner: live, step } = await run({ hidden: true });
    await pause(100);
    expect(step()).toBe(-1);
    live.receive({ kind: 'visible', visible: true });
    await expect.poll(step).toBeGreaterThan(10);
  });

  it('halts at exactly the step it is told to, and goes on to the next', async () => {
    const { runner: live, step, said } = await run({ pace: 'max' });
    live.receive({ kind: 'halt', at: 40 });
    await expect.poll(() => said.some((one) => one.kind === 'paused')).toBe(true);
    const at = step();
    // It may have been past that already when it was told.
    expect(at).toBeGreaterThanOrEqual(39);
    live.receive({ kind: 'halt', at: at + 50 });
    live.receive({ kind: 'pause', paused: false });
    await expect.poll(step).toBe(at + 49);
    await pause(50);
    expect(step()).toBe(at + 49);
    live.receive({ kind: 'halt', at: null });
    live.receive({ kind: 'pause', paused: false });
    await expect.poll(step).toBeGreaterThan(at + 60);
  });

  it('hands over what waits for a collector when its tab is hidden, also in the background', async () => {
    // A batch’s own timer never rings.
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const logs = new MemoryLogExporter();
    const left = new Promise((leave) => {
      logs.export = (records) => leave(records.map(({ eventName }) => eventName));
    });
    const { runner: live } = await run({ pace: 6 }, { logs });
    live.receive({ kind: 'background', pace: 6, until: 1_000_000 });
    live.receive({ kind: 'visible', visible: false });
    expect(await left).toContain('training.run.started');
  });

  it('in the background stops where it is told to, also where it is there already', async () => {
    const { runner: live, step, said } = await run({ until: 50 });
    await expect.poll(() => said.some((one) => one.kind === 'paused')).toBe(true);
    expect(step()).toBe(49);
    live.receive({ kind: 'background', pace: 'max', until: 30 });
    await pause(100);
    expect(step()).toBe(49);
    live.receive({ kind: 'background', pace: 'max', until: 90 });
    await expect.poll(step).toBe(89);
  });

  it('keeps every fault that was pressed before it had learned', async () => {
    const { runner: live, of } = await run({ pace: 6 });
    live.receive({
      kind: 'intervene',
      by: 'raise-rate',
      change: { kind: 'scale-rate', factor: 10 },
      whenLearned: true,
    });
    live.receive({
      kind: 'intervene',
      by: 'starve',
      change: { kind: 'set', settings: { keep: 8 } },
      whenLearned: true,
    });
    await expect.poll(() => of('intervened').length).toBe(2);
    expect(of('waiting')).toHaveLength(2);
  });

  it('announces an edit at once, although it is paused', async () => {
    const { runner: live, of } = await run({ paused: true });
    const change = { kind: 'set', settings: { learningRate: 0.05 } } as const;
    live.receive({ kind: 'intervene', by: 'edit', change, whenLearned: false });
    await expect
      .poll(() => of('intervened'))
      .toEqual([{ kind: 'intervened', entry: { at: 0, by: 'edit', change } }]);
  });

  it('says nothing more once it has stopped, and its span is out by then', async () => {
    const { runner: live, said, step } = await run();
    await expect.poll(step).toBeGreaterThan(10);
    live.receive({ kind: 'stop' });
    await pause(1200);
    expect(said.at(-1)).toEqual({ kind: 'stopped' });
    const items = said.flatMap((one) => (one.kind === 'telemetry' ? one.items : []));
    expect(items.map(({ name }) => name)).toContain('training.run');
  });
});
