// The export of all runs to one collector: what was asked of their threads, and what they answer.
import type {
  ExportAnswer,
  ExportRequest,
  ExportState,
  TargetProblem,
  TypedTarget,
  Verdicts,
} from '../../worker/protocol.ts';
import type { ExportSettings } from './exportSettings.svelte.ts';
import { ended, totalOf } from './exportTotals.ts';

/** A run's line to its thread, as the export uses it. */
export interface ExportLine {
  /** Also its last words, after `leave`. */
  hear(answer: ExportAnswer): void;
  /** The run is over: nothing is asked of it any more. */
  leave(): void;
}

interface Line {
  readonly send: (request: ExportRequest) => void;
  state: ExportState | null;
  hasLeft: boolean;
}

export class Exporting {
  readonly settings: ExportSettings;
  /** What is sent where; undefined = nothing leaves the page. */
  sending: TypedTarget | undefined = $state.raw();
  /** Also the levels beyond the core. Confirmed for one target, once: neither stored nor taken over to the next. */
  excess = $state(false);
  /** What is wrong with what was typed. */
  problems: readonly TargetProblem[] = $state.raw([]);
  verdicts: Verdicts | undefined = $state.raw();
  testing = $state(false);
  /** What became of everything since the export began, of all runs; as of the last answer. */
  state: ExportState | null = $state.raw(null);
  /** What was typed since is not in force yet. */
  readonly isEdited = $derived.by(
    () => this.sending !== undefined && JSON.stringify(this.sending) !== JSON.stringify(this.settings.typed),
  );
  #lines: readonly Line[] = [];
  /** Of runs whose last words were heard. */
  #ended: ExportState | null = null;
  /** Asked for, and not yet found good. */
  #asked: TypedTarget | undefined;
  #tester: Line | undefined;

  constructor(settings: ExportSettings) {
    this.settings = settings;
  }

  /** A run began: it exports as the others do. */
  join(send: (request: ExportRequest) => void): ExportLine {
    const line: Line = { send, state: null, hasLeft: false };
    this.#lines = [...this.#lines, line];
    const target = this.#asked ?? this.sending;
    if (target) send({ kind: 'export', target, excess: this.excess });
    if (this.testing && !this.#tester) this.#ask(line);
    return { hear: (answer) => this.#hear(line, answer), leave: () => this.#leave(line) };
  }

  edit(changes: Partial<TypedTarget>): void {
    this.settings.edit(changes);
    this.problems = [];
    this.#forgetTest();
  }

  send(): void {
    const target = this.settings.typed;
    const isAnother = JSON.stringify(target) !== JSON.stringify(this.sending);
    this.problems = [];
    this.#asked = target;
    this.#order({ kind: 'export', target, excess: this.excess && !isAnother });
  }

  stop(): void {
    this.#asked = this.sending = undefined;
    this.excess = false;
    this.#order({ kind: 'export', target: null, excess: false });
  }

  /** @param excess whether a person has confirmed that the levels beyond the core are sent, too */
  setExcess(excess: boolean): void {
    if (!this.sending) return;
    this.excess = excess;
    this.#order({ kind: 'export', target: this.sending, excess });
  }

  /** Tries the collector; one thread is enough. */
  test(): void {
    this.problems = [];
    this.#forgetTest();
    this.testing = true;
    this.#ask(this.#lines.findLast(({ hasLeft }) => !hasLeft));
  }

  /** Asks how the export stands. */
  poll(): void {
    if (this.sending) this.#order({ kind: 'export-state' });
  }

  #order(request: ExportRequest): void {
    for (const { send, hasLeft } of this.#lines) if (!hasLeft) send(request);
  }

  #ask(tester: Line | undefined): void {
    this.#tester = tester;
    tester?.send({ kind: 'export-test', target: this.settings.typed });
  }

  #forgetTest(): void {
    this.verdicts = this.#tester = undefined;
    this.testing = false;
  }

  /** A test that it was at is asked of another. */
  #leave(line: Line): void {
    line.hasLeft = true;
    if (this.testing && line === this.#tester) this.#ask(this.#lines.findLast(({ hasLeft }) => !hasLeft));
  }

  #hear(line: Line, answer: ExportAnswer): void {
    if (answer.kind === 'export-state') this.#hearState(line, answer.state);
    else if (answer.kind === 'export-refused') this.#hearRefused(answer.problems);
    else if (line === this.#tester) this.#hearTested(answer.verdicts);
  }

  #hearRefused(problems: readonly TargetProblem[]): void {
    this.problems = problems;
    this.#asked = undefined;
    this.#forgetTest();
  }

  #hearTested(verdicts: Verdicts): void {
    this.#forgetTest();
    this.verdicts = verdicts;
    this.settings.remember(this.settings.typed);
  }

  #hearState(line: Line, state: ExportState | null): void {
    if (state && this.#asked && !line.hasLeft) this.#begin(this.#asked);
    // Switched off: the last figures stay.
    if (state) line.state = this.sending ? state : ended(state);
    if (line.hasLeft) this.#settle(line);
    this.state = totalOf([this.#ended, ...this.#lines.map((one) => one.state)]);
  }

  #begin(target: TypedTarget): void {
    this.settings.remember(target);
    this.#asked = undefined;
    if (JSON.stringify(target) === JSON.stringify(this.sending)) return;
    this.sending = target;
    this.excess = false;
    this.#ended = null;
    for (const line of this.#lines) line.state = null;
    this.#lines = this.#lines.filter(({ hasLeft }) => !hasLeft);
  }

  /** Its last words were heard. */
  #settle(line: Line): void {
    this.#lines = this.#lines.filter((other) => other !== line);
    this.#ended = totalOf([this.#ended, line.state && ended(line.state)]);
  }
}
