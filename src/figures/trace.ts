// The runs as OpenTelemetry, the same every time: one step is one second from a fixed epoch, and all ids derive from the recipe.
import type { LogRecordExporter, ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { IdGenerator, ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-web';
import type { Recipe } from '../core/recipe.ts';
import { sha256 } from '../core/sha256.ts';
import type { DetectorEvent } from '../detectors/detector.ts';
import { writeLink } from '../scenarios/writeLink.ts';
import { otlpJson, type Emission } from '../telemetry/otlp.ts';
import { RunTelemetry } from '../telemetry/runTelemetry.ts';
import { deedsOf } from './deeds.ts';
import type { RecordedRun } from './recordedRun.ts';

const epoch = Date.UTC(2026, 0, 1);
const stepMilliseconds = 1000;

/** Hexadecimal digits that depend on the recipe and on what they are for. */
function digits(recipe: Recipe, purpose: string, count: number): string {
  return sha256(`${JSON.stringify(recipe)} ${purpose}`).slice(0, count);
}

function idsOf({ recipe, generation }: RecordedRun): IdGenerator {
  let count = 0;
  const next = (kind: string, length: number): string =>
    digits(recipe, `run ${generation}, ${kind} ${count++}`, length);
  return { generateTraceId: () => next('trace', 32), generateSpanId: () => next('span', 16) };
}

const exported = { code: 0 };

/** An exporter that keeps all it is given: a scripted run is short, and its trace is whole. */
function keeping<T>(kept: T[]) {
  return {
    export: (items: T[], done: (result: { code: number }) => void): void => {
      kept.push(...items);
      done(exported);
    },
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  } satisfies SpanExporter | LogRecordExporter | object;
}

interface Happening {
  readonly step: number;
  /** @param at the time of the step */
  readonly tell: (telemetry: RunTelemetry, at: number) => void;
}

function stepOf(event: DetectorEvent): number {
  return event.kind === 'raised' ? event.finding.at : event.at;
}

/** Steps of the run's own at which the validation set was evaluated. */
function evaluatedSteps({ rows }: RecordedRun): readonly number[] {
  const column = rows.layout.column('evaluated_at');
  const steps = Array.from({ length: rows.count }, (_, row) => rows.step(row));
  return steps.filter((step, row) => rows.value(row, column) === step);
}

/** Everything that a run tells, in order of steps: an epoch begins before what happens in its first step. */
function happenings(run: RecordedRun, batchesPerEpoch: number): readonly Happening[] {
  const firstEpoch = Math.floor(run.begin / batchesPerEpoch);
  const lastEpoch = Math.floor((run.end - 1) / batchesPerEpoch);
  const epochs = Array.from({ length: lastEpoch - firstEpoch + 1 }, (_, index): Happening => {
    const step = Math.max(run.begin, (firstEpoch + index) * batchesPerEpoch);
    return { step, tell: ({ spans }) => spans.reachedEpoch(firstEpoch + index, step) };
  });
  const checkpoints = run.checkpoints.map((step): Happening => ({
    step,
    tell: ({ spans }, at) => spans.checkpointed(step, { from: at, to: at }),
  }));
  const validations = evaluatedSteps(run).map((step): Happening => ({
    step,
    tell: ({ spans }, at) => spans.validated(step, { from: at, to: at }),
  }));
  const entries = deedsOf([run]).map(({ entry }): Happening => ({
    step: entry.at,
    tell: (telemetry) => telemetry.intervened(entry),
  }));
  const events = run.detected.map(({ event }): Happening => ({
    step: stepOf(event),
    tell: (telemetry) => telemetry.detected(event),
  }));
  return [...epochs, ...checkpoints, ...entries, ...validations, ...events].sort((a, b) => a.step - b.step);
}

export interface TraceFacts {
  readonly engine: string;
  readonly adapter: string;
  readonly batchesPerEpoch: number;
}

function emissionOf(run: RecordedRun, facts: TraceFacts): Emission {
  const [spans, logs]: [ReadableSpan[], ReadableLogRecord[]] = [[], []];
  let step = run.begin;
  const now = (): number => epoch + step * stepMilliseconds;
  const telemetry = new RunTelemetry(
    {
      runId: `${digits(run.recipe, 'run', 12)}-${run.generation}`,
      engine: facts.engine,
      adapter: facts.adapter,
      seed: run.recipe.seed,
      recipe: writeLink(run.recipe),
      startTime: epoch,
    },
    {
      script: { now, ids: idsOf(run) },
      exporters: { spans: keeping(spans), logs: keeping(logs) },
    },
  );
  for (const happening of happenings(run, facts.batchesPerEpoch)) {
    step = happening.step;
    happening.tell(telemetry, now());
  }
  step = run.end;
  // A script's exporters are told at once: there is nothing to wait for.
  void telemetry.end(run.end);
  return { spans, logs };
}

/** OTLP/JSON of every run: the run, its epochs, validations and checkpoints as spans, findings and interventions as log events. */
export function traceJson(runs: readonly RecordedRun[], facts: TraceFacts): string {
  const emissions = runs.map((run) => emissionOf(run, facts));
  const all: Emission = {
    spans: emissions.flatMap(({ spans }) => spans),
    logs: emissions.flatMap(({ logs }) => logs),
  };
  return `${JSON.stringify(otlpJson(all), null, 1)}\n`;
}
