// What the network answers at the step looked at: now, or as it stood then, which the training thread computes again.
import type { Picture } from '../../worker/protocol.ts';
import type { Playground } from './playground.svelte.ts';
import type { Sealed } from './run.svelte.ts';

export class LookBack {
  readonly #playground: Playground;

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  /** The step looked back at; null = the newest is looked at. */
  readonly step: number | null = $derived.by(() => {
    const { looked, view } = this.#playground;
    return view.cursor === null || view.cursor > looked.lastStep ? null : view.cursor;
  });

  /** What surface and neurons are drawn from: the last answer while the next one is awaited. */
  readonly picture: Picture | null = $derived.by(() => {
    const { looked } = this.#playground;
    return (this.step === null ? undefined : looked.past?.picture) ?? looked.picture;
  });

  /** The picture is of another step than the one looked back at: the right one is on its way. */
  readonly isPending: boolean = $derived(this.step !== null && this.picture?.step !== this.step);

  /** The step of a live picture that is more than a second and a half old: training flat out leaves little time for pictures. */
  readonly lateStep: number | undefined = $derived.by(() => {
    const { lastStep, picture, stepsPerSecond } = this.#playground.looked;
    if (this.step !== null || picture === null) return undefined;
    const behind = lastStep + 1 - picture.step;
    return behind > Math.max(20, 1.5 * stepsPerSecond) ? picture.step : undefined;
  });

  /** The sealed figure of the step looked at, once it was asked for. */
  readonly production: Pick<Sealed, 'step' | 'right' | 'count'> | undefined = $derived.by(() => {
    const { looked } = this.#playground;
    if (this.step === null) return looked.production;
    return this.isPending ? undefined : (looked.past?.production ?? undefined);
  });

  /** The checkpoint that the run looked at can be rewound to from the step on the track. */
  readonly checkpoint: number | undefined = $derived.by(() => {
    const { looked, view } = this.#playground;
    const { step } = this;
    if (step === null || !view.isHeld || looked.lastStep < 0 || this.#playground.mustCall) return undefined;
    return looked.checkpoints.findLast((checkpoint) => checkpoint <= step);
  });

  /** Opens a run from that checkpoint. */
  rewind(): void {
    if (this.checkpoint !== undefined) this.#playground.rewind(this.checkpoint);
  }

  /** Asks for what is shown: call it whenever that changes. */
  follow(): void {
    const { looked, view } = this.#playground;
    looked.watchGradients(view.neuron !== null);
    looked.look(this.step);
  }

  /** Back to the newest step. */
  now(): void {
    this.#playground.view.seek(null);
  }
}
