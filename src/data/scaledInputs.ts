// Chosen examples of a set as the network sees them.
import { inputScale, type Samples } from './dataset.ts';

/** Inputs of some examples, example by example, scaled: examples × features. */
export function scaledInputs(
  samples: Samples,
  features: number,
  examples: readonly number[],
): Float32Array<ArrayBuffer> {
  const scale = inputScale(samples);
  const inputs = new Float32Array(examples.length * features);
  examples.forEach((example, index) => {
    for (let f = 0; f < features; f++) {
      inputs[index * features + f] = (samples.inputs[example * features + f] ?? 0) * scale;
    }
  });
  return inputs;
}
