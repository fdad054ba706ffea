// Ship it: the post-mortem of the run looked at, from its rows, its findings and its timeline, while it rests where it was shipped.
import type { Finding } from '../../detectors/detector.ts';
import { raisedFindings } from '../../lessons/rowFacts.ts';
import type { Shipped } from '../../lessons/lesson.ts';
import { postMortemOf, unseenOf, type PostMortem } from './postMortem.ts';
import type { Alert } from './alerts.ts';
import type { Playground } from './playground.svelte.ts';
import { unemittedOf } from './unemitted.ts';
import { toldUnhidden } from './unseen.ts';

/** A replay is in a hurry until so many steps after the alert: by then the slow motion around it is over, wherever in a chunk it came. */
const stepsAfter = 100;
/** Before a fault, right on validation counts as known where it was evaluated within so many steps. */
const recentSteps = 100;
/** Steps over which right on training stands for it otherwise. */
const averaged = 50;

/** What came of shipping, as a lesson keeps it. */
export interface Shipment extends Shipped {
  /** What the detectors would have said with every signal emitted. */
  readonly unhidden: readonly Finding[];
}

export class Shipping {
  readonly #playground: Playground;

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  /** What the detectors would have said with every signal emitted: of a run that has been shipped and rests. */
  readonly unhidden = $derived.by(() => {
    const { looked, view, readings } = this.#playground;
    const { history, position, lastStep } = looked;
    if (!view.unsealed || !looked.paused || !history || lastStep < 0) return undefined;
    return toldUnhidden(history, position, readings.chartContext);
  });

  /** What of that they did not say: nobody saw it. */
  readonly unseen: readonly Finding[] = $derived.by(() => {
    const { unhidden } = this;
    return unhidden ? unseenOf({ received: this.#playground.looked.events, unhidden }) : [];
  });

  readonly postMortem: PostMortem | undefined = $derived.by(() => {
    const { looked, view } = this.#playground;
    const { history, position, lastStep } = looked;
    if (view.shipped !== looked.id || !history || !this.unhidden) return undefined;
    const { recipe, generation } = position;
    const accuracy = history.evaluated('validation_accuracy');
    return postMortemOf({
      recipe,
      generation,
      happened: looked.happened,
      at: lastStep,
      received: looked.events,
      unhidden: this.unhidden,
      unemitted: unemittedOf(position),
      training: history.mean(history.column('accuracy')),
      validation: history.latest(accuracy, lastStep, lastStep),
      usual: (step) =>
        history.latest(accuracy, step, recentSteps) ??
        history.mean(history.column('accuracy'), step, averaged),
      lossIsNaN: Number.isNaN(history.latest(history.column('loss'))),
      // One of an earlier step would be about another network.
      production: looked.production && looked.production.step > lastStep ? looked.production : undefined,
    });
  });

  readonly shipment: Shipment | undefined = $derived.by(() => {
    const { postMortem, unhidden } = this;
    if (!postMortem || !unhidden) return undefined;
    return { at: postMortem.at, right: postMortem.production?.right, unhidden: raisedFindings(unhidden) };
  });

  /** What would answer the post-mortem: the alert that came, or the one that nobody could see. */
  readonly alert: Alert | undefined = $derived.by(() => {
    const { alert, looked } = this.#playground;
    const { unseen, causeAt } = this.postMortem ?? {};
    if (!unseen) return alert;
    // Who looks back knows when it was broken: what lies before that is healthy.
    const healthy = looked.checkpoints.findLast((step) => step <= (causeAt ?? unseen.onset - 1));
    const healthyCheckpoint = healthy ?? looked.checkpoints[0] ?? 0;
    return { finding: unseen, raisedAt: unseen.at, resolvedAt: undefined, healthyCheckpoint };
  });

  readonly remedies = $derived.by(() => this.#playground.readings.remediesFor(this.alert));

  /** The same run once more, with what nobody saw emitted: its alert is seen to fire at its step. */
  replay(): void {
    const at = this.postMortem?.unseen?.at;
    if (at !== undefined) this.#playground.replayUnhidden(at + stepsAfter);
  }

  close(): void {
    this.#playground.view.shipped = undefined;
  }
}
