// What alarms would have said of the rows so far: they are run over them in slices so short that the page never waits.
import type { Severity, WatchContext } from '../../detectors/detector.ts';
import { detectorOf, thresholdsOf } from '../../detectors/index.ts';
import { emittedRows, watchContextOf } from '../../detectors/monitor.ts';
import type { PublishedRule } from '../../detectors/published/rule.ts';
import type { Rows } from '../../core/layout.ts';
import type { Settings } from '../../core/settings.ts';
import type { ChartContext } from './chartSpecs.ts';
import type { History } from './history.svelte.ts';
import type { Run } from './run.svelte.ts';
import { settingsThrough } from './unemitted.ts';

/** Where an alarm begins. */
export interface Alarm {
  readonly step: number;
  readonly severity: Severity;
}

/** Sees every row once, in order; says where an alarm begins. */
export type Sayer = (rows: Rows, row: number) => Severity | undefined;

export interface Candidate {
  readonly id: string;
  readonly start: (context: WatchContext) => Sayer;
}

/** One of our detectors with the thresholds that are asked about. */
export function detectorCandidate(id: string, thresholds: Readonly<Record<string, number>>): Candidate {
  const detector = detectorOf(id);
  return {
    id,
    start: (context) => {
      const watch = detector.watch(context, thresholdsOf(detector, thresholds));
      return (rows, row) => {
        const event = watch(rows, row).findLast(({ kind }) => kind === 'raised');
        return event?.kind === 'raised' ? event.finding.severity : undefined;
      };
    },
  };
}

/** A published rule is in alarm row by row: an alarm begins where it was not in the row before. */
export function ruleCandidate(rule: PublishedRule): Candidate {
  return {
    id: rule.id,
    start: (context) => {
      const watch = rule.watch(context);
      let was = false;
      return (rows, row) => {
        const [before, is] = [was, watch(rows, row)];
        was = is;
        return is && !before ? 'firing' : undefined;
      };
    },
  };
}

/** The rows that are replayed, and what watchers may know of the run. */
export interface Source {
  readonly history: History;
  readonly context: WatchContext;
  readonly settings: (step: number) => Settings;
}

export function sourceOf(run: Run, history: History, { recipe, inputs }: ChartContext): Source {
  const settings = settingsThrough(run.position);
  return { history, settings, context: watchContextOf(recipe, history.layout, { settings, inputs }) };
}

const sliceMs = 6;
const rowsAtOnce = 16;

export class Replay {
  /** By candidate: where its alarms begin, in order of steps. */
  alarms: Readonly<Record<string, readonly Alarm[]>> = $state.raw({});
  #source: Source | undefined;
  #candidates: readonly Candidate[] = [];
  #sayers: readonly { readonly id: string; readonly say: Sayer }[] = [];
  #found: Readonly<Record<string, Alarm[]>> = {};
  #next = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Starts over with these rows and candidates. */
  watch(source: Source, candidates: readonly Candidate[]): void {
    [this.#source, this.#candidates] = [source, candidates];
    this.#begin();
    this.follow();
  }

  /** Rows may have arrived. */
  follow(): void {
    this.#timer ??= setTimeout(() => this.#slice());
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #begin(): void {
    const context = this.#source?.context;
    this.#next = 0;
    this.#found = Object.fromEntries(this.#candidates.map(({ id }) => [id, []]));
    this.#sayers = context ? this.#candidates.map(({ id, start }) => ({ id, say: start(context) })) : [];
  }

  #slice(): void {
    this.#timer = undefined;
    const history = this.#source?.history;
    if (!history) return;
    // Rows were replaced by others: a run that went back by itself.
    if (history.count < this.#next) this.#begin();
    const end = performance.now() + sliceMs;
    while (this.#next < history.count && performance.now() < end) this.#see(history);
    this.alarms = Object.fromEntries(Object.entries(this.#found).map(([id, found]) => [id, [...found]]));
    if (this.#next < history.count) this.follow();
  }

  #see(history: History): void {
    const settings = this.#source?.settings;
    if (!settings) return;
    const rows = emittedRows(history.rows(this.#next, this.#next + rowsAtOnce), settings);
    for (let row = 0; row < rows.count; row++) {
      for (const { id, say } of this.#sayers) {
        const severity = say(rows, row);
        if (severity) this.#found[id]?.push({ step: rows.step(row), severity });
      }
    }
    this.#next += rows.count;
  }
}
