// The messages between page and training thread.
import type { Column } from '../core/layout.ts';
import type { Recipe } from '../core/recipe.ts';
import type { Change } from '../core/change.ts';
import type { Intervention } from '../core/timeline.ts';
import type { OwnTable } from '../data/csv/ownTable.ts';
import type { DetectorEvent } from '../detectors/detector.ts';
import type { ExportAnswer, ExportRequest } from '../telemetry/export/exportSeat.ts';
import type { EventItem, MetricItem, SpanItem } from '../telemetry/item.ts';
import type {
  ExportCost,
  LevelMeasurement,
  ParameterHistory,
  TelemetryCost,
  TelemetryLevel,
} from '../telemetry/cost.ts';
import type { Otlp, TelemetryItem } from '../telemetry/runTelemetry.ts';
import type { TargetMeasure } from '../data/targetMeasure.ts';

export type { ExportCost, LevelMeasurement, ParameterHistory, TelemetryCost, TelemetryLevel };
export type { EventItem, ExportAnswer, ExportRequest, MetricItem, Otlp, SpanItem, TelemetryItem };
export type { Verdict, Verdicts } from '../telemetry/export/connectionTest.ts';
export {
  otlpSignals,
  type OtlpSignal,
  type TargetProblem,
  type TypedTarget,
} from '../telemetry/export/endpoint.ts';
export type { ExportState } from '../telemetry/export/exportState.ts';

/**
 * Engines that a link or a person can choose; `compiled` = ours on the GPU, in the execution that suits the network; `auto` = that where
 * there is a hardware adapter, otherwise plain.
 */
export const engineChoices = [
  'auto',
  'compiled',
  'compiled.plain',
  'compiled.resident',
  'compiled.staged',
  'tfjs.webgpu',
  'tfjs.cpu',
] as const;
export type EngineChoice = (typeof engineChoices)[number];

/** Steps per second; `max` = as fast as the engine goes. */
export type Pace = number | 'max';

/** What a run takes over from another one that is the same up to a step: a shortcut, since a worker can also replay it from step 0. */
export interface Inheritance {
  readonly step: number;
  readonly regions: ReadonlyMap<string, Float32Array<ArrayBuffer>>;
  /** Rows 0 … step − 1. */
  readonly rows: Uint32Array<ArrayBuffer>;
}

export interface StartMessage {
  readonly kind: 'start';
  readonly runId: string;
  readonly recipe: Recipe;
  /** The same as a link’s query string: telemetry carries it. */
  readonly link: string;
  /** Which run of the recipe's timeline this is. */
  readonly generation: number;
  readonly inheritance?: Inheritance;
  /** The table that a recipe on data `own` names. */
  readonly own?: OwnTable | undefined;
  readonly engine: EngineChoice;
  /** Address below which `data/…` lies. */
  readonly base: string;
  readonly pace: Pace;
  readonly paused: boolean;
  /** The page is in a hidden tab. */
  readonly hidden: boolean;
  /** Slow down by itself at a fault or alert; `pause` instead under reduced motion. A background run (twin) does neither. */
  readonly atAlert: 'slow' | 'pause' | 'nothing';
  /** Pictures per second; 0 = none. */
  readonly pictures: number;
  /** Stop (pause) once this step is reached; absent = the worker's own limit. */
  readonly until?: number;
}

export type ToWorker =
  | StartMessage
  | { readonly kind: 'pace'; readonly pace: Pace; readonly atAlert: StartMessage['atAlert'] }
  | { readonly kind: 'pause'; readonly paused: boolean }
  | { readonly kind: 'step' }
  /** Pause by itself once this step is reached, exactly; null = at the worker's own limit. */
  | { readonly kind: 'halt'; readonly at: number | null }
  /** Background settings of a run that is no longer the one looked at. */
  | { readonly kind: 'background'; readonly pace: Pace; readonly until: number }
  /** A fault or an edit, live: takes effect at the next step (or, with `whenLearned`, as soon as the network has learned). */
  | {
      readonly kind: 'intervene';
      readonly by: string;
      readonly change: Change;
      readonly whenLearned: boolean;
    }
  /** A remedy, live: the worker stamps the step and answers `forked`. rewindTo absent = from here. */
  | { readonly kind: 'fork'; readonly entries: readonly ForkEntry[] }
  | { readonly kind: 'visible'; readonly visible: boolean }
  /** Asks for the network as it stood at an earlier step; null = no more of that. Answers `past`, the last one asked for first. */
  | { readonly kind: 'look'; readonly step: number | null }
  /** Asks for what another run would take over at a step. Answers `lent`. */
  | { readonly kind: 'lend'; readonly step: number }
  /** Whether pictures are to have the gradient of each neuron. */
  | { readonly kind: 'watch-gradients'; readonly watched: boolean }
  /** Other thresholds: the rows so far are judged by them again, and those to come. Answers `judged`. */
  | { readonly kind: 'judge'; readonly thresholds: Recipe['thresholds'] }
  /** Asks for the figure that nobody emits: from now on `production` comes, now and then. */
  | { readonly kind: 'unseal' }
  /** Asks for an item of `telemetry` as it would be sent. Answers `otlp`. */
  | { readonly kind: 'otlp'; readonly item: number }
  /**
   * Trains flat out at each of these levels in turn, aside, and goes on where the run was; an empty list calls a comparison off. Answers
   * `measuring` several times, then `measured`.
   */
  | { readonly kind: 'measure'; readonly levels: readonly TelemetryLevel[] }
  /** Whether `parameters` are to come, as long as every weight is read back. */
  | { readonly kind: 'watch-parameters'; readonly watched: boolean }
  /** Where telemetry is sent, beside the page. May come before `start`. */
  | ExportRequest
  /** Ends the run: open spans are exported, then `stopped` follows and the thread can be terminated. */
  | { readonly kind: 'stop' };

/**
 * The entries that a fork appends: the first opens the new run at the step pressed; the rest (a fault replayed) carry their own steps.
 */
export type ForkEntry =
  | { readonly kind: 'open'; readonly by: string; readonly rewindTo?: number; readonly change: Change }
  | { readonly kind: 'later'; readonly entry: Intervention };

/** What a detector raised or resolved, and where a remedy that rewinds would start from. */
export interface Detected {
  readonly event: DetectorEvent;
  readonly healthyCheckpoint: number;
}

/** An example as the page draws it. */
export interface ShownExamples {
  /** Inputs, count × features; of images, grey values 0–1. */
  readonly inputs: Float32Array<ArrayBuffer>;
  readonly labels: Uint8Array<ArrayBuffer>;
}

/** What the page draws of the network at one step. */
export interface Picture {
  readonly step: number;
  /**
   * All but images: probability of each class on the grid, rows from top (largest second input) to bottom; size × size × classes. Inputs beyond
   * the second are 0 there.
   */
  readonly surface: Float32Array<ArrayBuffer> | null;
  readonly size: number;
  /** Grid covers −extent … extent in both inputs. */
  readonly extent: number;
  /**
   * One tile per unit and hidden layer, each tileSize × tileSize, values ≥ 0 scaled so that 1 is the unit's largest response there.
   * Activation over the grid. Images: layer 1 = its weights as an image (0.5 = 0); deeper layers = mean activation per
   * class (tileSize = 0, one value per class).
   */
  readonly tiles: readonly LayerTiles[];
  /** Training examples in force (kept ones, with the labels that training sees); about 100. */
  readonly training: ShownExamples;
  /** Points in the plane, where users send something else by now: about 80 examples with their true labels, the same ones at every step. */
  readonly production: ShownExamples | null;
  /** Images: validation examples that the network misreads, most confident first, at most 24, and the confusion counts. */
  readonly misread: Misread | null;
}

export interface LayerTiles {
  readonly layer: number;
  readonly tileSize: number;
  /** units × (tileSize² or classes). */
  readonly values: Float32Array<ArrayBuffer>;
  /** Range of each unit's input to the activation over a sample of training examples: low, high per unit. */
  readonly inputRange: Float32Array<ArrayBuffer>;
  /** Norm of the gradient of each unit's incoming weights and bias in the step before; null where nobody asked, or before any step. */
  readonly gradient: Float32Array<ArrayBuffer> | null;
  /** 1 = has been quiet for a whole window (ReLU only). */
  readonly dead: Uint8Array<ArrayBuffer>;
}

export interface Misread {
  readonly inputs: Float32Array<ArrayBuffer>;
  readonly labels: Uint8Array<ArrayBuffer>;
  readonly predicted: Uint8Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  /** classes × classes: row = label, column = predicted. */
  readonly confusion: Uint32Array<ArrayBuffer>;
}

export type FromWorker =
  | { readonly kind: 'loading'; readonly what: string; readonly loaded: number; readonly total: number }
  | {
      readonly kind: 'ready';
      readonly engine: EngineChoice;
      /** For a person: what runs where. */
      readonly description: string;
      readonly columns: readonly Column[];
      readonly classes: number;
      /** Where a number is learned. */
      readonly target: TargetMeasure | null;
      readonly image: { readonly height: number; readonly width: number } | null;
    }
  /** New rows, at most one message per animation frame. */
  | {
      readonly kind: 'rows';
      readonly words: Uint32Array<ArrayBuffer>;
      readonly stepsPerSecond: number;
      /** Checkpoints kept so far, oldest first. */
      readonly checkpoints: readonly number[];
    }
  | ({ readonly kind: 'detected' } & Detected)
  /** Everything that was detected in the rows so far, the inherited ones included, in place of what was told before. */
  | { readonly kind: 'judged'; readonly detected: readonly Detected[] }
  /** A timeline entry took effect. */
  | { readonly kind: 'intervened'; readonly entry: Intervention }
  /** A fault waits until the network has learned. */
  | { readonly kind: 'waiting'; readonly by: string; readonly untilAbout: number }
  /** A fork's entry was reached: the page opens the run. `recipe` holds the whole timeline up to and with it. */
  | {
      readonly kind: 'forked';
      readonly recipe: Recipe;
      readonly generation: number;
      readonly inheritance: Inheritance;
    }
  /** The answer to `lend`; null where nothing was kept of that step. */
  | { readonly kind: 'lent'; readonly step: number; readonly inheritance: Inheritance | null }
  | { readonly kind: 'paused'; readonly paused: boolean; readonly reason: 'asked' | 'alert' | 'limit' }
  /** The pace in force, where it differs from the one asked for. */
  | { readonly kind: 'slowed'; readonly slowed: boolean }
  | { readonly kind: 'picture'; readonly picture: Picture }
  /** The answer to `look`, and once it is unsealed how much was right in production then. */
  | {
      readonly kind: 'past';
      readonly picture: Picture;
      readonly production: { readonly step: number; readonly right: number; readonly count: number } | null;
    }
  /** Share classified rightly of `count` examples that users send at `step`, by their true labels: the sealed figure. */
  | {
      readonly kind: 'production';
      readonly step: number;
      readonly right: number;
      readonly count: number;
    }
  | { readonly kind: 'telemetry'; readonly items: readonly TelemetryItem[] }
  /** The answer to `otlp`; null where the item was too long ago. */
  | { readonly kind: 'otlp'; readonly item: number; readonly otlp: Otlp | null }
  /** What telemetry costs: at most four times a second. */
  | { readonly kind: 'cost'; readonly cost: TelemetryCost }
  /** A comparison is under way: this level now, `done` of `of` stretches behind it. */
  | { readonly kind: 'measuring'; readonly level: TelemetryLevel; readonly done: number; readonly of: number }
  /** Empty where it was called off. `step` is the run's. */
  | { readonly kind: 'measured'; readonly step: number; readonly levels: readonly LevelMeasurement[] }
  /** Parameters since the last such message, at most four times a second. */
  | ({ readonly kind: 'parameters' } & ParameterHistory)
  /** Also right before `stopped`, with what became of everything. */
  | ExportAnswer
  /** The run goes on, but a person should know: an engine fell back, a device was lost and replaced. */
  | { readonly kind: 'notice'; readonly text: string }
  /** The answer to `stop`: nothing follows it. */
  | { readonly kind: 'stopped' }
  /** The run cannot go on. */
  | { readonly kind: 'failed'; readonly text: string };
