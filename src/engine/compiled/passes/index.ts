// The passes of a training step, in the order in which they run.
import type { Pass, TelemetryLevel } from '../pass.ts';
import { backward } from './backward.ts';
import { clip } from './clip.ts';
import { forward } from './forward.ts';
import { gather } from './gather.ts';
import { gradientNorm } from './gradientNorm.ts';
import { inputShift } from './inputShift.ts';
import { loss } from './loss.ts';
import { optimizer } from './optimizer.ts';
import { pushBiases } from './pushBiases.ts';
import { telemetry } from './telemetry.ts';
import { validation } from './validation.ts';

const passes = [
  pushBiases,
  validation,
  inputShift,
  gather,
  forward,
  loss,
  backward,
  gradientNorm,
  clip,
  optimizer,
  telemetry,
] as const satisfies readonly Pass[];

/** Those of a program with this telemetry. The others look at the level themselves, where a part of them serves rows alone. */
export function passesFor(level: TelemetryLevel): readonly Pass[] {
  const left: readonly Pass[] = { core: [], network: [inputShift], off: [inputShift, telemetry] }[level];
  return passes.filter((pass) => !left.includes(pass));
}
