// The passes of a training step, in the order in which they run.
import type { Pass } from '../pass.ts';
import { backward } from './backward.ts';
import { clip } from './clip.ts';
import { forward } from './forward.ts';
import { gather } from './gather.ts';
import { gradientNorm } from './gradientNorm.ts';
import { loss } from './loss.ts';
import { optimizer } from './optimizer.ts';
import { pushBiases } from './pushBiases.ts';
import { telemetry } from './telemetry.ts';
import { validation } from './validation.ts';

export const passes = [
  pushBiases,
  validation,
  gather,
  forward,
  loss,
  backward,
  gradientNorm,
  clip,
  optimizer,
  telemetry,
] as const satisfies readonly Pass[];
