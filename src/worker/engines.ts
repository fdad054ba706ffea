// Chooses the engine of a run, and falls back to plain JavaScript with a word of why.
import { plainEngine } from '../engine/compiled/plain.ts';
import { EngineUnavailable, type Engine } from '../engine/engine.ts';
import { findAdapter } from '../engine/gpu/adapter.ts';
import type { EngineChoice } from './protocol.ts';

export interface ChosenEngine {
  readonly engine: Engine;
  readonly choice: Exclude<EngineChoice, 'auto'>;
  /** Why it is not the engine that was asked for, or null. */
  readonly notice: string | null;
}

async function makeTfjs(backend: 'webgpu' | 'cpu'): Promise<Engine> {
  // tf.js is large and most runs never need it.
  const { createTfjsEngine } = await import('../engine/tfjs/index.ts');
  return createTfjsEngine(backend);
}

/** WebGPU where a hardware adapter answers; a software one is slower than plain JavaScript. */
async function automatic(): Promise<Exclude<EngineChoice, 'auto'>> {
  const found = await findAdapter();
  return found?.hardware ? 'tfjs.webgpu' : 'compiled.plain';
}

async function make(choice: Exclude<EngineChoice, 'auto'>): Promise<Engine> {
  if (choice === 'tfjs.webgpu') return makeTfjs('webgpu');
  return choice === 'tfjs.cpu' ? makeTfjs('cpu') : plainEngine;
}

/** Never fails: where the chosen engine cannot run, plain JavaScript can. */
export async function chooseEngine(asked: EngineChoice): Promise<ChosenEngine> {
  const choice = asked === 'auto' ? await automatic() : asked;
  try {
    return { engine: await make(choice), choice, notice: null };
  } catch (error) {
    const reason =
      error instanceof EngineUnavailable ? error.message : `${choice} did not start: ${String(error)}.`;
    return {
      engine: plainEngine,
      choice: 'compiled.plain',
      notice: `${reason} This run trains in plain JavaScript instead.`,
    };
  }
}
