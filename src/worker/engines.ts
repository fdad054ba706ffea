// Chooses the engine of a run, and falls back to plain JavaScript with a word of why: at the start, or at a network that it cannot take.
import { plainEngine } from '../engine/compiled/plain.ts';
import { EngineUnavailable, type Engine } from '../engine/engine.ts';
import { findAdapter } from '../engine/gpu/adapter.ts';
import { FallbackEngine, instead, type EngineId } from './fallbackEngine.ts';
import type { EngineChoice } from './protocol.ts';

/** Tells a person that something is not as they asked. */
export type Say = (text: string) => void;

async function makeTfjs(backend: 'webgpu' | 'cpu'): Promise<Engine> {
  // tf.js is large and most runs never need it.
  const { createTfjsEngine } = await import('../engine/tfjs/index.ts');
  return createTfjsEngine(backend);
}

async function makeCompiled(execution: 'auto' | 'resident' | 'staged'): Promise<Engine> {
  // Runs in plain JavaScript need none of the kernels.
  const { createCompiledEngine } = await import('../engine/compiled/gpu/index.ts');
  return createCompiledEngine({ execution });
}

const makers: Readonly<Record<EngineId, () => Promise<Engine>>> = {
  compiled: () => makeCompiled('auto'),
  'compiled.plain': () => Promise.resolve(plainEngine),
  'compiled.resident': () => makeCompiled('resident'),
  'compiled.staged': () => makeCompiled('staged'),
  'tfjs.webgpu': () => makeTfjs('webgpu'),
  'tfjs.cpu': () => makeTfjs('cpu'),
};

/** The GPU where a hardware adapter answers; a software one is slower than plain JavaScript. */
async function automatic(): Promise<EngineId> {
  const found = await findAdapter();
  return found?.hardware ? 'compiled' : 'compiled.plain';
}

/** Never fails: where the chosen engine cannot run, plain JavaScript can. */
export async function chooseEngine(asked: EngineChoice, say: Say): Promise<FallbackEngine> {
  const choice = asked === 'auto' ? await automatic() : asked;
  try {
    return new FallbackEngine(choice, await makers[choice](), say);
  } catch (error) {
    const reason =
      error instanceof EngineUnavailable ? error.message : `${choice} did not start: ${String(error)}.`;
    say(instead(reason));
    return new FallbackEngine('compiled.plain', plainEngine, say);
  }
}
