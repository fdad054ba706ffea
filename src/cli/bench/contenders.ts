// Every contender of the benchmark.
import { compiledPlain, compiledResident, compiledStaged } from './compiledContenders.ts';
import type { ContenderKind } from './contender.ts';
import { convnetjs } from './convnetContender.ts';
import { jaxWasm, jaxWebgpu } from './jaxContenders.ts';
import { tfjsCpu, tfjsWebgpu } from './tfjsContenders.ts';

export const contenders: readonly ContenderKind[] = [
  compiledPlain,
  compiledResident,
  compiledStaged,
  tfjsWebgpu,
  tfjsCpu,
  jaxWebgpu,
  jaxWasm,
  convnetjs,
];
