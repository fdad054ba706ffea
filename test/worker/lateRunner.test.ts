// The training loop around an engine whose rows come late and whose device may go, as the page hears it.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseRecipe } from '../../src/data/index.ts';
import { createCompiledEngine, type CompiledEngine } from '../../src/engine/compiled/gpu/index.ts';
import { EngineUnavailable } from '../../src/engine/engine.ts';
import type { FromWorker, StartMessage } from '../../src/worker/protocol.ts';
import { Runner } from '../../src/worker/runner.ts';
import { startMessage } from './startMessage.ts';
import { lateEngine, type LateEngine, type Lateness } from './lateEngine.ts';

vi.mock('../../src/engine/compiled/gpu/index.ts', () => ({ createCompiledEngine: vi.fn() }));

const recipe = parseRecipe({ hidden: [4], train: 64, validation: 32, batch: 16, checkpointEvery: 8 });
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const engines: LateEngine[] = [];
let runner: Runner | undefined;

/** From now on `compiled` on the GPU is this; each call of it opens a new device. */
function openLate(lateness: Lateness): void {
  vi.mocked(createCompiledEngine).mockImplementation(() => {
    const engine = lateEngine(lateness);
    engines.push(engine);
    return Promise.resolve(engine as unknown as CompiledEngine);
  });
}

beforeEach(() => {
  engines.length = 0;
});

afterEach(() => {
  runner?.receive({ kind: 'stop' });
  vi.mocked(createCompiledEngine).mockReset();
});

/** Starts a run; what it says is kept, with the steps of all rows in the order in which they came. */
async function run(changes: Partial<StartMessage> = {}) {
  const said: FromWorker[] = [];
  const steps: number[] = [];
  let width = 1;
  runner = await Runner.run(
    (message) => {
      said.push(message);
      if (message.kind === 'ready') width = 2 + message.columns.length;
      if (message.kind !== 'rows') return;
      for (let at = 0; at < message.words.length; at += width) steps.push(message.words[at] ?? -1);
    },
    startMessage(recipe, { engine: 'compiled', ...changes }),
  );
  if (!runner) throw new Error(`the run did not start: ${JSON.stringify(said)}`);
  const of = <K extends FromWorker['kind']>(kind: K) =>
    said.filter((one): one is Extract<FromWorker, { kind: K }> => one.kind === kind);
  const notices = () => of('notice').map(({ text }) => text);
  return { runner, said, steps, of, notices, last: () => steps.at(-1) ?? -1 };
}

function eachOnce(steps: readonly number[]): void {
  expect(steps).toEqual(steps.map((_, index) => index));
}

describe('a run whose rows come late', () => {
  it('shows its last row when it pauses, also where none comes unless it is waited for', async () => {
    openLate({ behind: () => Infinity });
    const { runner: live, last, steps } = await run({ pace: 600 });
    await pause(200);
    expect(last()).toBe(-1);
    live.receive({ kind: 'pause', paused: true });
    await expect.poll(last).toBeGreaterThan(20);
    eachOnce(steps);
  });

  it('shows its last row at its limit', async () => {
    openLate({ behind: () => 8 });
    const { last, said } = await run({ until: 500 });
    await expect.poll(last).toBe(499);
    expect(said.some((one) => one.kind === 'paused' && one.reason === 'limit')).toBe(true);
  });

  it('shows each single step, also when it was running', async () => {
    openLate({ behind: () => Infinity });
    const { runner: live, last } = await run({ paused: true });
    live.receive({ kind: 'step' });
    await expect.poll(last).toBe(0);
    live.receive({ kind: 'step' });
    live.receive({ kind: 'step' });
    await expect.poll(last).toBe(2);
  });

  it('sends the rows of all steps before an entry ahead of it, from a link and from a press', async () => {
    openLate({ behind: () => 5 });
    const change = { kind: 'scale-rate', factor: 2 } as const;
    const linked = { ...recipe, timeline: [{ at: 50, by: 'raise-rate', change }] };
    const { runner: live, said, last, of } = await run({ recipe: linked, pace: 600 });
    await expect.poll(last).toBeGreaterThan(80);
    live.receive({ kind: 'intervene', by: 'edit', change, whenLearned: false });
    await expect.poll(() => of('intervened').length).toBe(2);
    const width = 2 + (of('ready')[0]?.columns.length ?? 0);
    let next = 0;
    for (const one of said) {
      if (one.kind === 'rows') next += one.words.length / width;
      if (one.kind === 'intervened') expect(next).toBeGreaterThanOrEqual(one.entry.at);
    }
  });

  it('hands a remedy every row up to the step at which it was pressed', async () => {
    openLate({ behind: () => Infinity });
    const { runner: live, of, last } = await run({ pace: 600 });
    await pause(150);
    const change = { kind: 'set', settings: { learningRate: 0.01 } } as const;
    live.receive({ kind: 'fork', entries: [{ kind: 'open', by: 'edit', change }] });
    await expect.poll(() => of('forked').length).toBe(1);
    const [forked] = of('forked');
    const { step, rows } = forked!.inheritance;
    expect(rows.length).toBe(step * (2 + (of('ready')[0]?.columns.length ?? 0)));
    expect(last()).toBeGreaterThanOrEqual(step - 1);
  });

  it('says nothing after it has stopped, and its last rows come before', async () => {
    openLate({ behind: () => Infinity });
    const { runner: live, said, last } = await run({ pace: 600 });
    await pause(100);
    live.receive({ kind: 'stop' });
    await expect.poll(() => said.at(-1)?.kind).toBe('stopped');
    expect(last()).toBeGreaterThan(10);
    const count = said.length;
    await pause(500);
    expect(said).toHaveLength(count);
  });

  it('waits for its device only at the start, reads checkpoints once a second, and lets all of them go', async () => {
    openLate({ behind: () => 2 });
    const { runner: live, last, said } = await run({ pace: 600 });
    await pause(1500);
    expect(last()).toBeGreaterThan(200);
    expect(engines[0]?.asked).toMatchObject({ drains: 0 });
    expect(engines[0]?.asked.read).toBeLessThanOrEqual(3);
    live.receive({ kind: 'stop' });
    await expect.poll(() => said.at(-1)?.kind).toBe('stopped');
    expect(engines[0]?.asked.held).toBe(0);
  });

  it('says once how many rows were overwritten before they could be read', async () => {
    openLate({ behind: () => 1, overwrites: (step) => step >= 40 && step < 43 });
    const { last, notices } = await run({ until: 200, pace: 600 });
    await expect.poll(last).toBe(199);
    expect(notices()).toHaveLength(1);
    expect(notices()[0]).toMatch(
      /^[123] rows? w.* overwritten on the GPU before they could be read; the charts have a gap there\.$/,
    );
  });
});

describe('a device that is lost in mid-run', () => {
  it('is replaced: a notice with the checkpoint’s step, and every step exactly once', async () => {
    openLate({ behind: () => 3 });
    const { last, steps, notices, of } = await run({ pace: 600 });
    await expect.poll(last).toBeGreaterThan(100);
    engines[0]?.lose();
    const before = last();
    await expect.poll(last).toBeGreaterThan(before + 50);
    expect(notices()).toHaveLength(1);
    expect(notices()[0]).toMatch(
      /^Training stopped: the GPU device was lost \(destroyed\)\. The run was restored from its checkpoint at step \d+ and goes on with JavaScript that answers late\.$/,
    );
    expect(engines).toHaveLength(2);
    expect(of('failed')).toEqual([]);
    eachOnce(steps);
  });

  it('is replaced while the run is paused, and its last picture is of the step at which it rests', async () => {
    openLate({ behind: () => 3 });
    const { runner: live, last, steps, notices } = await run({ pace: 600, pictures: 12 });
    await expect.poll(last).toBeGreaterThan(40);
    live.receive({ kind: 'pause', paused: true });
    await pause(100);
    engines[0]?.lose();
    await expect.poll(notices).toHaveLength(1);
    const before = last();
    live.receive({ kind: 'step' });
    await expect.poll(last).toBe(before + 1);
    eachOnce(steps);
  });

  it('keeps a press that was under way', async () => {
    openLate({ behind: () => 3 });
    const { runner: live, last, steps, of } = await run({ pace: 600 });
    await expect.poll(last).toBeGreaterThan(40);
    engines[0]?.lose();
    const change = { kind: 'scale-rate', factor: 2 } as const;
    live.receive({ kind: 'intervene', by: 'edit', change, whenLearned: false });
    live.receive({ kind: 'fork', entries: [{ kind: 'open', by: 'edit', change }] });
    await expect.poll(() => of('forked').length).toBe(1);
    expect(of('intervened')).toHaveLength(1);
    eachOnce(steps);
  });

  it('every time is given up for plain JavaScript', async () => {
    openLate({ behind: () => 1, loseAt: 60 });
    const { last, steps, notices, of } = await run({ pace: 600 });
    await expect.poll(last).toBeGreaterThan(100);
    expect(of('ready').at(-1)?.engine).toBe('compiled.plain');
    expect(notices().join(' ')).toMatch(/lost 4 times.*plain JavaScript/);
    expect(engines).toHaveLength(4);
    eachOnce(steps);
  }, 30_000);
});

describe('an engine that cannot do it', () => {
  it('does not start: plain JavaScript trains, and the notice says why', async () => {
    vi.mocked(createCompiledEngine).mockRejectedValue(
      new EngineUnavailable('compiled.staged: no adapter here.'),
    );
    const { last, notices, of } = await run({ engine: 'compiled.staged' });
    await expect.poll(last).toBeGreaterThan(20);
    expect(vi.mocked(createCompiledEngine)).toHaveBeenCalledWith({ execution: 'staged' });
    expect(notices()).toEqual([
      'compiled.staged: no adapter here. This run trains in plain JavaScript instead.',
    ]);
    expect(of('ready').map(({ engine }) => engine)).toEqual(['compiled.plain']);
  });

  it('cannot compile the network: the same', async () => {
    openLate({ behind: () => 1, refuse: () => 'hidden.0: 512 units need 4 MiB, the device allows 1 MiB' });
    const { last, notices, of } = await run({ engine: 'compiled.resident' });
    await expect.poll(last).toBeGreaterThan(20);
    expect(notices()).toEqual([
      'compiled.resident cannot train this network: hidden.0: 512 units need 4 MiB, the device allows 1 MiB. This run trains in plain JavaScript instead.',
    ]);
    expect(of('ready').map(({ engine }) => engine)).toEqual(['compiled.plain']);
  });

  it('cannot compile what the network becomes in mid-run: it goes on in plain, every step exactly once', async () => {
    openLate({ behind: () => 4, refuse: ({ fromStep }) => (fromStep > 0 ? 'no batch norm' : undefined) });
    const change = { kind: 'set', settings: { batchNorm: true } } as const;
    const linked = { ...recipe, timeline: [{ at: 50, by: 'batch-norm', change }] };
    const { last, steps, notices, of } = await run({ recipe: linked, until: 300 });
    await expect.poll(last).toBe(299);
    expect(notices()).toHaveLength(1);
    expect(of('ready').map(({ engine }) => engine)).toEqual(['compiled', 'compiled.plain']);
    eachOnce(steps);
  });

  it('cannot compile after a loss: both notices, and the run goes on', async () => {
    openLate({ behind: () => 2 });
    const { last, steps, notices, of } = await run({ pace: 600 });
    await expect.poll(last).toBeGreaterThan(40);
    openLate({ behind: () => 2, refuse: () => 'self-test failed' });
    engines[0]?.lose();
    const before = last();
    await expect.poll(last).toBeGreaterThan(before + 30);
    expect(notices()).toHaveLength(2);
    expect(notices()[1]).toMatch(
      /restored from its checkpoint at step \d+ and goes on with JavaScript on the CPU/,
    );
    expect(of('ready').at(-1)?.engine).toBe('compiled.plain');
    eachOnce(steps);
  });
});
