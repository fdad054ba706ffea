// The stages of one training step, in order: parts that do not depend on each other share a stage.
import { deltaPart, normaliseBackwardPart, unitPart, weightPart } from '../passes/backward.wgsl.ts';
import { forwardPart, normalisePart } from '../passes/forward.wgsl.ts';
import { gatherPart, pushPart } from '../passes/gather.wgsl.ts';
import { headPart } from '../passes/loss.wgsl.ts';
import { optimizerPart } from '../passes/optimizer.wgsl.ts';
import { finishPart } from '../passes/telemetry.wgsl.ts';
import type { Kernel, Part, Stage } from './stage.ts';

/** Copies the step's examples; in the staged execution only where the step before has not done so already. */
export const gatherStage = 'gather';
/** Pushes biases; a dispatch of its own in the staged execution, for the few steps that have a push. */
export const pushStage = 'push';

function forwardStages(kernel: Kernel): readonly Stage[] {
  const hidden = kernel.plan.layers.slice(0, kernel.plan.hiddenLayers);
  return hidden.flatMap((layer) => {
    const product = { id: `forward.${layer.number}`, parts: [forwardPart(kernel, layer)] };
    if (!layer.batchNorm) return [product];
    return [product, { id: `normalise.${layer.number}`, parts: [normalisePart(kernel, layer)] }];
  });
}

/**
 * From the last layer down. The head has left the delta of the layer below the output already, so the output layer's own gradients wait
 * for company: they share the next stage.
 */
function backwardStages(kernel: Kernel): readonly Stage[] {
  const { layers } = kernel.plan;
  const gradients = (index: number): readonly Part[] => {
    const layer = layers[index]!;
    return [weightPart(kernel, layer), unitPart(kernel, layer)];
  };
  const last = layers.length - 1;
  const stages: Stage[] = [];
  let waiting = gradients(last);
  for (let index = last - 1; index >= 0; index--) {
    const layer = layers[index]!;
    if (layer.batchNorm) {
      const parts = [...waiting, normaliseBackwardPart(kernel, layer)];
      stages.push({ id: `normalise-backward.${layer.number}`, parts });
      waiting = [];
    }
    const below = index > 0 ? [deltaPart(kernel, layer)] : [];
    stages.push({ id: `backward.${layer.number}`, parts: [...below, ...waiting, ...gradients(index)] });
    waiting = [];
  }
  return waiting.length > 0 ? [...stages, { id: `backward.${last + 1}`, parts: waiting }] : stages;
}

/**
 * What comes before validation: the step's examples are here and its biases are pushed, nothing else has changed.
 *
 * @param staged whether every stage is a dispatch of its own
 */
export function openingStages(kernel: Kernel, staged: boolean): readonly Stage[] {
  const [gather, push] = [gatherPart(kernel), pushPart(kernel)];
  if (!staged) return [{ id: gatherStage, parts: [gather, push] }];
  return [
    { id: gatherStage, parts: [gather] },
    { id: pushStage, parts: [push] },
  ];
}

/**
 * What comes after it. Once the gradients are there nobody reads the examples any more: in the staged execution the optimizer's dispatch
 * fetches those of the next step.
 *
 * @param staged whether every stage is a dispatch of its own, and the step's number lies in the state
 */
export function mainStages(kernel: Kernel, staged: boolean): readonly Stage[] {
  const finish = finishPart(kernel, staged);
  const next: readonly Part[] = staged ? [{ ...gatherPart(kernel), ahead: true }] : [];
  return [
    ...forwardStages(kernel),
    { id: 'head', parts: [headPart(kernel)] },
    ...backwardStages(kernel),
    { id: 'optimizer', parts: [optimizerPart(kernel), ...next] },
    ...(finish ? [{ id: 'finish', parts: [finish] }] : []),
  ];
}
