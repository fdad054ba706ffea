// What a person does to the run looked at: faults, remedies, what is hidden and what users send; and the way back.
import type { ChangeOf } from '../../core/change.ts';
import { faultOf } from '../../faults/index.ts';
import { remedyOf } from '../../remedies/index.ts';
import { withoutBlindfold } from './blindfold.ts';
import { settingsNow } from './chapter.ts';
import { Past } from './past.svelte.ts';
import type { Playground } from './playground.svelte.ts';
import {
  driftFault,
  faultContext,
  freshStartEntries,
  heldEntries,
  needsFreshRun,
  remedyEntries,
  rewindEntry,
} from './presses.ts';
import type { Run } from './run.svelte.ts';
import type { Runs } from './runs.svelte.ts';

export class Interventions {
  readonly past = new Past();
  /** A fault that waits for the fresh run on which it is to be pressed. */
  pending: string | undefined;
  readonly #playground: Playground;
  readonly #runs: Runs;

  /** Whether the same fault can be replayed against the remedy of the run looked at. */
  readonly canReplay = $derived.by(() => {
    const { looked, before } = this.#playground;
    return (
      looked.chapter === 'repaired' &&
      before !== undefined &&
      heldEntries(looked.position, before.position, before.checkpoints) !== undefined
    );
  });

  constructor(playground: Playground, runs: Runs) {
    this.#playground = playground;
    this.#runs = runs;
  }

  get #looked(): Run {
    return this.#playground.looked;
  }

  /** The same run from its beginning with every signal emitted, at full speed up to a step. */
  replayUnhidden(step: number): void {
    this.remember();
    this.past.aim(this.#looked, step);
    this.#runs.restart(withoutBlindfold(this.#looked.recipe), true);
  }

  /** Hides these signals from here on, and emits all others. */
  blindfold(unemitted: readonly string[]): void {
    if (!this.#looked.history || this.#looked.answering) return;
    const hidden = settingsNow(this.#looked.position).unemitted;
    const by = unemitted.every((signal) => hidden.includes(signal)) ? 'edit' : 'hide-signals';
    this.remember();
    this.#looked.intervene(by, { kind: 'set', settings: { unemitted: [...unemitted] } }, false);
  }

  /** Changes what users send, from the next step on. */
  pressDrift(change: ChangeOf<'drift'>): void {
    if (!this.#looked.history || this.#looked.answering) return;
    this.remember();
    this.#resume();
    const fault = driftFault(this.#looked.position);
    this.#looked.intervene(fault?.id ?? 'edit', change, false);
  }

  /** Breaks the run looked at; on a run that another fault broke, a new one. */
  pressFault(id: string): void {
    const fault = faultOf(id);
    if (!fault || !this.#looked.history || this.#looked.answering || this.#looked.waiting?.by === id) return;
    const { position } = this.#looked;
    const context = faultContext(position, fault);
    if (fault.blocked(context) !== null) return;
    this.remember();
    if (this.#playground.alert && needsFreshRun(position, fault, true)) {
      this.pending = id;
      this.#looked.fork(freshStartEntries(position, this.#playground.alert.healthyCheckpoint));
      return;
    }
    this.#resume();
    this.#looked.intervene(id, fault.change(context), this.#looked.chapter === 'healthy');
  }

  /**
   * Opens a repaired run beside the broken one.
   * @param answered the alert, or the gap, that the remedy was offered for; what starts from here may do without
   */
  pressRemedy(id: string, answered = this.#playground.alert): void {
    const remedy = remedyOf(id);
    if (!remedy || this.#looked.answering || (!answered && remedy.starts !== 'here')) return;
    this.remember();
    const checkpoints = answered ? this.#playground.readings.checkpointsFor(answered) : { healthy: 0 };
    this.#looked.fork(remedyEntries(remedy, this.#looked.position, checkpoints, answered?.finding));
  }

  /** Opens a run beside this one from one of its checkpoints, under the settings in force now. */
  rewind(step: number): void {
    if (this.#looked.answering || !this.#looked.checkpoints.includes(step)) return;
    this.remember();
    this.#looked.fork([rewindEntry(step)]);
  }

  wouldItHaveHeld(): void {
    const { looked, before } = this.#playground;
    if (!before || looked.chapter !== 'repaired' || before.answering) return;
    const entries = heldEntries(looked.position, before.position, before.checkpoints);
    if (!entries) return;
    this.remember();
    before.fork(entries);
  }

  /** Back to where the run stood before the last press: its link up to there, replayed at full speed; a threshold moves back at once. */
  undo(): void {
    const snapshot = this.past.undo(this.#looked);
    if (!snapshot) return;
    if (snapshot.threshold === undefined) this.#runs.restart(snapshot.recipe, true);
    else this.#runs.judge(snapshot.recipe.thresholds);
  }

  /** From where the run is now, at full speed: what its link brought happens on the way. */
  resumeAt(generation: number, step: number): void {
    this.past.goBack(this.#looked, generation, step);
    this.#looked.pace('max', 'nothing');
  }

  /** Before a press: where the run looked at stands. */
  remember(threshold?: string): void {
    this.#playground.problems = [];
    this.past.remember(this.#looked, threshold);
  }

  /** A press is a wish to see what happens. */
  #resume(): void {
    this.#playground.view.shipped = undefined;
    if (this.#playground.paused) this.#looked.pause(false);
  }

  /** A run is ready: the fault that waited for it is pressed. */
  pressPending(run: Run): void {
    const fault = this.pending === undefined ? undefined : faultOf(this.pending);
    if (run !== this.#looked || !fault) return;
    this.pending = undefined;
    run.intervene(fault.id, fault.change(faultContext(run.position, fault)), true);
  }

  /** Rows have arrived: a replay may have come to where it was to go. */
  catchUp(run: Run): void {
    if (run !== this.#looked || !this.past.hasReached(run)) return;
    this.past.arrive();
    this.#playground.setPace(this.#playground.pace);
  }
}
