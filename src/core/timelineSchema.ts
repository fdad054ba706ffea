// What may stand in an entry of the timeline.
import * as v from 'valibot';
import { changeSchema, step } from './changeSchema.ts';

export const interventionSchema = v.strictObject({
  /** Step at which it was pressed; takes effect before that step is computed. */
  at: step,
  /** Id of the fault or remedy, or `edit`. */
  by: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/, 'must be a fault, a remedy or edit')),
  /** Present when it opens a new run: the step whose checkpoint it starts from; equal to `at` for *from here*. */
  rewindTo: v.optional(step),
  change: changeSchema,
});

export type Intervention = Readonly<v.InferOutput<typeof interventionSchema>>;
