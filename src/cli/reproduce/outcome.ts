// What a trained network is worth at the end of its run: on what it trained on, on the validation set, and on what users send.
import type { Dataset } from '../../data/dataset.ts';
import type { Training } from '../../worker/training.ts';
import { productionAccuracy } from './production.ts';

export interface Outcome {
  /** Mean loss and share classified rightly of the whole training set, with the labels that the data has. */
  readonly training: { readonly loss: number; readonly accuracy: number };
  readonly validation: { readonly loss: number; readonly accuracy: number };
  /** Share of users' examples classified rightly: the truth that no signal tells. */
  readonly production: number;
}

export async function outcomeOf(training: Training, dataset: Dataset): Promise<Outcome> {
  const [train, validation] = [
    await training.program.evaluate('train'),
    await training.program.evaluate('validation'),
  ];
  return {
    training: { loss: train.loss ?? NaN, accuracy: train.accuracy ?? NaN },
    validation: { loss: validation.loss ?? NaN, accuracy: validation.accuracy ?? NaN },
    production: await productionAccuracy(training, dataset, 2000),
  };
}
