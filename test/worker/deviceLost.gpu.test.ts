// A device that is lost in the middle of a run: the run goes on from its checkpoint, says so, and repeats or loses no row.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { parseRecipe } from '../../src/data/index.ts';
import type { EngineChoice, FromWorker } from '../../src/worker/protocol.ts';
import { Runner } from '../../src/worker/runner.ts';

type Request = (this: GPUAdapter, descriptor?: GPUDeviceDescriptor) => Promise<GPUDevice>;

/** Engines on a device. */
const engines = [
  'compiled.resident',
  'compiled.staged',
  'tfjs.webgpu',
] as const satisfies readonly EngineChoice[];

const devices: GPUDevice[] = [];

/** Notes every device that the page is given. */
function watchDevices(): void {
  devices.length = 0;
  const original: Request = Reflect.get<GPUAdapter, 'requestDevice'>(GPUAdapter.prototype, 'requestDevice');
  function request(this: GPUAdapter, descriptor?: GPUDeviceDescriptor): Promise<GPUDevice> {
    return original.call(this, descriptor).then((device) => {
      devices.push(device);
      return device;
    });
  }
  vi.spyOn(GPUAdapter.prototype, 'requestDevice').mockImplementation(request);
}

beforeEach(watchDevices);

afterEach(() => {
  vi.restoreAllMocks();
});

test.each(engines)(
  'device.destroy() in mid-run on %s: a notice, a new device, and every step exactly once',
  async (engine) => {
    const steps: number[] = [];
    const notices: string[] = [];
    const failures: string[] = [];
    let width = 1;
    const hear = (message: FromWorker): void => {
      if (message.kind === 'ready') width = 2 + message.columns.length;
      if (message.kind === 'notice') notices.push(message.text);
      if (message.kind === 'failed') failures.push(message.text);
      if (message.kind !== 'rows') return;
      for (let at = 0; at < message.words.length; at += width) steps.push(message.words[at] ?? -1);
    };
    const recipe = parseRecipe({ hidden: [4], train: 64, validation: 32, batch: 16, checkpointEvery: 8 });
    const runner = await Runner.run(hear, {
      kind: 'start',
      runId: 'run-1',
      recipe,
      link: '',
      generation: 0,
      engine,
      base: location.href,
      pace: 'max',
      paused: false,
      hidden: false,
      atAlert: 'nothing',
      pictures: 0,
    });
    await expect.poll(() => steps.length, { timeout: 40_000 }).toBeGreaterThan(20);
    const before = steps.length;
    const opened = devices.length;
    devices.at(-1)?.destroy();
    await expect.poll(() => notices.join(' ')).toMatch(/device was lost.*checkpoint at step \d+/);
    await expect.poll(() => steps.length, { timeout: 40_000 }).toBeGreaterThan(before + 20);
    runner?.receive({ kind: 'stop' });
    expect(failures).toEqual([]);
    expect(devices.length).toBeGreaterThan(opened);
    expect(steps).toEqual(steps.map((_, index) => index));
  },
);
