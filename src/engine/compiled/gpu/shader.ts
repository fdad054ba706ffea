// Puts WGSL modules together: one kernel for K whole steps (resident), or one entry point per stage (staged).
import { inputDeclaration } from '../passes/gather.wgsl.ts';
import { inputShiftStages } from '../passes/inputShift.wgsl.ts';
import { stateWord } from '../passes/telemetry.wgsl.ts';
import { evaluationStages } from '../passes/validation.wgsl.ts';
import { bindings, prelude } from './prelude.ts';
import type { Kernel, Part, Stage } from './stage.ts';
import { mainStages, openingStages } from './stages.ts';

/** A stage as a dispatch: entry point and workgroups per replica. */
export interface Dispatch {
  readonly id: string;
  readonly entry: string;
  readonly workgroups: number;
}

export interface StagedModule {
  readonly code: string;
  readonly dispatches: readonly Dispatch[];
}

const chunkArguments = 'first: u32, count: u32, source: u32';

function functionOf(stage: Stage, index: number): string {
  return `${stage.id.replaceAll(/[^a-z0-9]/g, '_')}_${index}`;
}

/** A part as a function. Evaluations know which examples they are about. */
function declare(stage: Stage, evaluates: boolean): string {
  return stage.parts
    .map((part, index) => {
      const own = part.kind === 'tasks' ? 't: u32' : 'group: u32, lid: u32';
      const list = `base: u32, replica: u32, step: u32, ${evaluates ? `${chunkArguments}, ` : ''}${own}`;
      const declarations = part.kind === 'group' ? part.declarations : '';
      return `${declarations}\nfn ${functionOf(stage, index)}(${list}) {\n${part.code}\n}\n`;
    })
    .join('\n');
}

function head(kernel: Kernel): string {
  return `${bindings}${prelude}${inputDeclaration(kernel.inputBytes)}`;
}

/** Calls of all parts of a stage by one workgroup; each part begins with the invocation after the last that the part before it used. */
function residentStage(stage: Stage, workgroup: number, evaluates: boolean): string {
  const chunk = evaluates ? 'first, count, source, ' : '';
  let used = 0;
  const calls = stage.parts.map((part, index) => {
    const name = functionOf(stage, index);
    if (part.kind === 'group') return `${name}(base, replica, step, ${chunk}0u, lid);`;
    const shift = (workgroup - (used % workgroup)) % workgroup;
    used += part.tasks;
    const start = shift === 0 ? 'lid' : `(lid + ${shift}u) % ${workgroup}u`;
    return `for (var t = ${start}; t < ${part.tasks}u; t += ${workgroup}u) { ${name}(base, replica, step, ${chunk}t); }`;
  });
  return `${calls.join('\n')}\nstorageBarrier();\nworkgroupBarrier();`;
}

/** One workgroup per replica, `control.steps` steps in one dispatch; validation and input shift at steps mod `validateEvery` within. */
export function residentModule(kernel: Kernel, validateEvery: number): string {
  const { workgroup } = kernel.shape;
  const opening = openingStages(kernel, false);
  const main = mainStages(kernel, false);
  const shift = inputShiftStages(kernel);
  const evaluation = evaluationStages(kernel);
  const run = (list: readonly Stage[], evaluates: boolean): string =>
    list.map((stage) => residentStage(stage, workgroup, evaluates)).join('\n');
  return `${head(kernel)}
${[...opening, ...shift, ...main].map((stage) => declare(stage, false)).join('\n')}
${evaluation.map((stage) => declare(stage, true)).join('\n')}
@compute @workgroup_size(${workgroup})
fn train(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) lid: u32) {
  let replica = workgroup.x;
  let base = replica * ${kernel.regions.stride}u;
  for (var s = 0u; s < control.steps; s++) {
    let step = control.fromStep + s;
    ${run(opening, false)}
    if (step % ${validateEvery}u == 0u) {
      ${run(shift, false)}
      let source = 0u;
      for (var first = 0u; first < ${kernel.validationCount}u; first += ${kernel.chunk}u) {
        let count = min(${kernel.chunk}u, ${kernel.validationCount}u - first);
        ${run(evaluation, true)}
      }
    }
    ${run(main, false)}
  }
}
`;
}

function workgroupsOf(part: Part, workgroup: number): number {
  return part.kind === 'group' ? part.groups : Math.ceil(part.tasks / workgroup);
}

/** An entry point whose workgroups are shared out among the parts of a stage, one replica after another in y. */
function entryPoint(stage: Stage, { shape, regions }: Kernel, evaluates: boolean): string {
  const { workgroup } = shape;
  const chunk = evaluates ? 'chunk.first, chunk.count, chunk.source, ' : '';
  let before = 0;
  const branches = stage.parts.map((part, index) => {
    const from = before;
    before += workgroupsOf(part, workgroup);
    const name = functionOf(stage, index);
    const when = part.kind === 'tasks' && part.ahead ? 'step + 1u' : 'step';
    const own =
      part.kind === 'group'
        ? `${name}(base, replica, step, ${chunk}workgroup.x - ${from}u, lid);`
        : `let t = (workgroup.x - ${from}u) * ${workgroup}u + lid;\n    if (t < ${part.tasks}u) { ${name}(base, replica, ${when}, ${chunk}t); }`;
    return `if (workgroup.x < ${before}u) {\n    ${own}\n    return;\n  }`;
  });
  // Barriers need a step that is the same for all by the language's own rules, not by ours alone.
  const uniform = stage.parts.some(({ kind }) => kind === 'group');
  const step = uniform
    ? `if (lid == 0u) { shared_step = ${stateWord(7)}; }\n  let step = workgroupUniformLoad(&shared_step);`
    : `let step = ${stateWord(7)};`;
  return `
@compute @workgroup_size(${workgroup})
fn run_${functionOf(stage, 0)}(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) lid: u32) {
  let replica = workgroup.y${evaluates ? ' + chunk.replica' : ''};
  let base = replica * ${regions.stride}u;
  ${step}
  ${branches.join('\n  ')}
}
`;
}

function moduleOf(kernel: Kernel, stages: readonly Stage[], evaluates: boolean): StagedModule {
  const { workgroup } = kernel.shape;
  const declarations = evaluates
    ? 'struct Chunk { first: u32, count: u32, source: u32, replica: u32 }\n@group(1) @binding(0) var<uniform> chunk: Chunk;\n'
    : '';
  return {
    code: `${head(kernel)}${declarations}var<workgroup> shared_step: u32;
${stages.map((stage) => declare(stage, evaluates)).join('\n')}
${stages.map((stage) => entryPoint(stage, kernel, evaluates)).join('\n')}`,
    dispatches: stages.map((stage) => ({
      id: stage.id,
      entry: `run_${functionOf(stage, 0)}`,
      workgroups: stage.parts.reduce((sum, part) => sum + workgroupsOf(part, workgroup), 0),
    })),
  };
}

/** A dispatch per stage. */
export function stagedModule(kernel: Kernel): StagedModule {
  const stages = [...openingStages(kernel, true), ...inputShiftStages(kernel), ...mainStages(kernel, true)];
  return moduleOf(kernel, stages, false);
}

/** Evaluations as dispatches: for validation between stages, and for whoever asks. */
export function evaluationModule(kernel: Kernel): StagedModule {
  return moduleOf(kernel, evaluationStages(kernel), true);
}
