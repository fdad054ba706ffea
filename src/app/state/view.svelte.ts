// How the runs are looked at: how far back the charts go, where the cursor stands, which chart a lamp put in, what is open.
import type { Pace } from '../../worker/protocol.ts';
import type { ChartId, Window } from './charts.ts';
import { readKeys } from './pageKeys.ts';
import type { Shown } from './shown.ts';

export type Drawer =
  | 'recipe'
  | 'telemetry'
  | 'keys'
  | 'blindfold'
  | 'production'
  | 'alarms'
  | 'quality'
  | 'rules'
  | 'signals'
  | 'scenarios'
  | 'share'
  | 'glossary'
  | 'own-data'
  | 'own-run'
  | undefined;
export type Theme = 'auto' | 'light' | 'dark';

/** Steps with a name: where a rule would have alarmed. */
export interface Ticks {
  readonly label: string;
  readonly steps: readonly number[];
}

export const noTicks: Ticks = { label: '', steps: [] };

/** Steps that the charts show: few enough that a spike of nine steps is seen. */
const span = 300;
const fastSpan = 1200;
/** Free space to the right of the newest step. */
const ahead = 0.04;
/** A fault stays in sight, with some steps before it, until the charts would have to show more than this. */
const mostKept = 800;
const before = 60;

function spanOf(pace: Pace, last: number): number {
  if (pace !== 'max' && pace <= 60) return span;
  return Math.min(fastSpan, span * Math.ceil(((1 + ahead) * last) / span) || span);
}

/** Steps back to shortly before the fault, while a run of them is still legible. */
function keptInSight(last: number, since: number | undefined): number {
  const back = since === undefined ? 0 : Math.ceil((last - since + before) * (1 + ahead));
  return back <= mostKept ? back : 0;
}

export class View {
  /** Step that is looked back at; null = the newest. */
  cursor: number | null = $state(null);
  /** It stays there when the pointer goes: the track was pressed. */
  isHeld = $state(false);
  whole = $state(false);
  pressedChart: ChartId | undefined = $state();
  drawer: Drawer = $state();
  /** What the OpenTelemetry drawer shows. */
  telemetryPart = $state('signals');
  theme: Theme = $state('auto');
  /** As the link wants it. */
  shown: Shown = $state.raw({ embed: undefined, present: false, hide: [] });
  /** The alert whose remedies are folded away: “do nothing and watch”. */
  watched: string | undefined = $state();
  /** Whether the run without the fault is drawn; undefined = where a repair is compared with it. */
  twin: boolean | undefined = $state();
  /** The figure that nobody emits has been opened. */
  unsealed = $state(false);
  /** The run whose post-mortem is open, by its id. */
  shipped: string | undefined = $state();
  /** Steps that a rule elsewhere points out on the track. */
  ticks: Ticks = $state.raw(noTicks);
  /** The focus was moved by keyboard last, not by a click. */
  byKeyboard = false;
  /** The last press of all was a pointer’s: what it closes leaves the focus alone. */
  byPointer = false;
  /** Single characters are keys of the page. */
  keys = $state(readKeys());
  /** Every weight in place of the charts, where all of them are emitted. */
  wall = $state(true);
  /** The weight that was pressed last. */
  weight: number | undefined = $state();
  neuron: { readonly layer: number; readonly unit: number } | null = $state(null);

  /**
   * The steps that charts show when the newest step is `last`, or the cursor stands outside.
   * @param isOver the run is looked at as a whole: a post-mortem
   * @param since a step worth keeping in sight as long as it is not too far back: where a fault struck
   */
  window(last: number, pace: Pace, since: number | undefined, isOver = false): Window {
    if (this.whole || isOver) return { from: 0, to: Math.max(span, Math.ceil(last * (1 + ahead))) };
    const width = Math.max(spanOf(pace, last), keptInSight(last, since));
    const newest = Math.max(width, last + Math.round(width * ahead));
    const to = this.cursor !== null && this.cursor < newest - width ? this.cursor + width / 2 : newest;
    return { from: Math.max(0, Math.round(to) - width), to: Math.max(width, Math.round(to)) };
  }

  /** Another run is looked at: what was chosen on the old one means nothing there. */
  forget(): void {
    this.cursor = null;
    this.watched = undefined;
    this.shipped = undefined;
    this.neuron = null;
    this.weight = undefined;
  }

  /** A new story begins. */
  sealAgain(): void {
    this.unsealed = false;
    this.wall = true;
    this.twin = undefined;
    this.ticks = noTicks;
  }

  seek(step: number | null, isHeld = false): void {
    this.cursor = step;
    this.isHeld = isHeld && step !== null;
  }

  /** Pressed again, a lamp takes its chart out. */
  pressChart(chart: ChartId): void {
    this.pressedChart = this.pressedChart === chart ? undefined : chart;
  }

  get showsBudget(): boolean {
    return this.drawer === 'telemetry' && this.telemetryPart === 'budget';
  }

  /** Pressed again, it closes. */
  toggleBudget(): void {
    this.drawer = this.showsBudget ? undefined : 'telemetry';
    if (this.drawer) this.telemetryPart = 'budget';
  }

  toggle(drawer: Exclude<Drawer, undefined>): void {
    this.drawer = this.drawer === drawer ? undefined : drawer;
  }
}
