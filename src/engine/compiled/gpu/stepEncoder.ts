// Encodes training steps into a compute pass: one dispatch for all of them (resident), or one per stage and step (staged).
import { biasPushes, type TimedPush } from '../../../core/stateFaults.ts';
import type { CompileRequest } from '../../engine.ts';
import { inputShiftStageIds } from '../passes/inputShift.wgsl.ts';
import type { Evaluator } from './evaluator.ts';
import type { Step, TrainPipelines } from './pipelines.ts';
import { gatherStage, pushStage } from './stages.ts';

export class StepEncoder {
  readonly #train: TrainPipelines;
  readonly #evaluator: Evaluator;
  #requests: readonly CompileRequest[];
  #pushes: readonly TimedPush[];
  /** Step whose examples the last encoded dispatch fetches; −1 where nobody knows what lies there. */
  #gathered = -1;

  constructor(train: TrainPipelines, evaluator: Evaluator, requests: readonly CompileRequest[]) {
    this.#train = train;
    this.#evaluator = evaluator;
    this.#requests = requests;
    this.#pushes = pushesOf(requests);
  }

  /** Takes up other timelines of the same runs. */
  retime(requests: readonly CompileRequest[]): void {
    this.#requests = requests;
    this.#pushes = pushesOf(requests);
    this.forget();
  }

  /** To be called when memory, step or settings change: the examples that were fetched ahead may be others now. */
  forget(): void {
    this.#gathered = -1;
  }

  /** Returns the number of dispatches. */
  encode(pass: GPUComputePassEncoder, from: number, steps: number): number {
    if (this.#train.kind === 'resident') {
      pass.setPipeline(this.#train.pipeline);
      pass.dispatchWorkgroups(this.#requests.length);
      return 1;
    }
    let dispatches = 0;
    for (let step = from; step < from + steps; step++) {
      dispatches += this.#encodeStep(pass, this.#train.steps, step);
    }
    return dispatches;
  }

  #encodeStep(pass: GPUComputePassEncoder, stages: readonly Step[], step: number): number {
    const replicas = this.#requests.length;
    const { validateEvery } = this.#requests[0]!.recipe;
    let dispatches = 0;
    const dispatch = ({ pipeline, workgroups }: Step): void => {
      pass.setPipeline(pipeline);
      pass.dispatchWorkgroups(workgroups, replicas);
      dispatches++;
    };
    const evaluates = step % validateEvery === 0;
    /** Stages that not every step has, and whether this one does. */
    const sometimes = new Map([
      [gatherStage, step !== this.#gathered],
      [pushStage, this.#pushesAt(step)],
      ...inputShiftStageIds.map((id) => [id, evaluates] as const),
    ]);
    for (const stage of stages.filter(({ id }) => sometimes.get(id) === true)) dispatch(stage);
    if (evaluates) dispatches += this.#evaluator.encodeValidation(pass, replicas);
    for (const stage of stages.filter(({ id }) => !sometimes.has(id))) dispatch(stage);
    this.#gathered = step + 1;
    return dispatches;
  }

  #pushesAt(step: number): boolean {
    return this.#pushes.some(({ fromStep, steps }) => step >= fromStep && step < fromStep + steps);
  }
}

function pushesOf(requests: readonly CompileRequest[]): readonly TimedPush[] {
  return requests.flatMap(({ recipe, generation }) => biasPushes(recipe.timeline, generation));
}
