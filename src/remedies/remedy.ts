// What a remedy is: one press that repairs training, where it starts, and what it cannot do.
import type { Recipe } from '../core/recipe.ts';
import type { Settings } from '../core/settings.ts';
import type { Change } from '../core/change.ts';
import type { Finding } from '../detectors/detector.ts';
import type { DetectorId } from '../detectors/index.ts';

export interface RemedyContext {
  readonly recipe: Recipe;
  /** Settings in force when it is pressed. */
  readonly settings: Settings;
  /** What it is to answer, where there is such a thing. */
  readonly finding?: Finding | undefined;
}

/** Where a run can go back to. */
export interface Checkpoints {
  /** Step of the last one from before the finding's onset. */
  readonly healthy: number;
  /** Step of the one with the lowest validation loss, where that is known. */
  readonly best?: number | undefined;
}

export interface Remedy {
  readonly id: string;
  /** What it does, without where it starts; may depend on the settings in force. */
  title(context: RemedyContext): string;
  /** `here` cures the state it finds; `rewind` starts from the last healthy checkpoint, `best` from that with the lowest validation loss. */
  readonly starts: 'here' | 'rewind' | 'best';
  /** Detectors that it answers, with its place on their cards (1 = first). */
  readonly answers: Readonly<Partial<Record<DetectorId, number>>>;
  /** Why it should help, in one sentence. */
  readonly why: string;
  /** What it cannot do, in one sentence. */
  limits(context: RemedyContext): string;
  /** Whether it is worth offering under these settings. */
  offered(context: RemedyContext): boolean;
  change(context: RemedyContext): Change;
}

/** The step that a remedy goes back to, or undefined where it starts from here. */
export function rewindOf(
  { starts }: Pick<Remedy, 'starts'>,
  { healthy, best }: Checkpoints,
): number | undefined {
  if (starts === 'here') return undefined;
  return starts === 'best' ? (best ?? healthy) : healthy;
}

/** How many times the recipe's own rate is in force. */
function rateFactor({ recipe, settings }: RemedyContext): number {
  return settings.learningRate / recipe.learningRate;
}

/** A cure of the units does nothing while the rate that killed them is still in force. */
export function rateIsRaised(context: RemedyContext): boolean {
  return rateFactor(context) > 1.5;
}

/** The smallest power of ten that brings the rate back to the recipe's own or below; 10 to a million. */
export function rateDivisor(context: RemedyContext): number {
  return 10 ** Math.min(6, Math.max(1, Math.ceil(Math.log10(rateFactor(context)) - 1e-9)));
}
