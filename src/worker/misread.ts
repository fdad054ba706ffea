// What a network misreads: the confusion matrix, and the images that it is most sure of and wrong about.
import type { Dataset } from '../data/dataset.ts';
import { scaledInputs } from '../data/scaledInputs.ts';
import type { Evaluation } from '../engine/engine.ts';
import type { Misread } from './protocol.ts';

const shownMisread = 24;

/** The most probable class, or −1 where the outputs are NaN: those must not count as any class. */
function predictedOf(outputs: Float32Array, example: number, classes: number): number {
  let best = -1;
  for (let j = 0; j < classes; j++) {
    const value = outputs[example * classes + j] ?? NaN;
    if (Number.isNaN(value)) return -1;
    if (best < 0 || value > (outputs[example * classes + best] ?? 0)) best = j;
  }
  return best;
}

/** From an evaluation of the validation set; null where examples are no images. */
export function misreadOf(
  { validation, features, classes, image }: Dataset,
  { outputs }: Evaluation,
): Misread | null {
  if (!image) return null;
  const confusion = new Uint32Array(classes * classes);
  const wrong: { example: number; predicted: number; confidence: number }[] = [];
  for (let example = 0; example < validation.count; example++) {
    const predicted = predictedOf(outputs, example, classes);
    if (predicted < 0) continue;
    const label = validation.labels[example] ?? 0;
    const at = label * classes + predicted;
    confusion[at] = (confusion[at] ?? 0) + 1;
    if (predicted !== label) {
      wrong.push({ example, predicted, confidence: outputs[example * classes + predicted] ?? 0 });
    }
  }
  const shown = wrong.sort((a, b) => b.confidence - a.confidence).slice(0, shownMisread);
  return {
    inputs: scaledInputs(
      validation,
      features,
      shown.map(({ example }) => example),
    ),
    labels: Uint8Array.from(shown, ({ example }) => validation.labels[example] ?? 0),
    predicted: Uint8Array.from(shown, ({ predicted }) => predicted),
    ...image,
    confusion,
  };
}
