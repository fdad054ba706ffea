// The runs as OpenTelemetry, the same every time: one step is one second from a fixed epoch, and all ids derive from the recipe.
import { createHash } from 'node:crypto';
import type { LogRecordExporter, ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { IdGenerator, ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-web';
import type { Recipe } from '../../core/recipe.ts';
import type { DetectorEvent } from '../../detectors/detector.ts';
import { writeLink } from '../../scenarios/link.ts';
import { otlpJson, type Emission } from '../../telemetry/otlpJson.ts';
import { RunTelemetry } from '../../telemetry/runTelemetry.ts';
import { deedsOf } from './deeds.ts';
import type { TrainedRun } from './train.ts';

const epoch = Date.UTC(2026, 0, 1);
const stepMilliseconds = 1000;

/** Hexadecimal digits that depend on the recipe and on what they are for. */
function digits(recipe: Recipe, purpose: string, count: number): string {
  return createHash('sha256')
    .update(`${JSON.stringify(recipe)} ${purpose}`)
    .digest('hex')
    .slice(0, count);
}

function idsOf({ recipe, generation }: TrainedRun): IdGenerator {
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
  readonly tell: (telemetry: RunTelemetry) => void;
}

function stepOf(event: DetectorEvent): number {
  return event.kind === 'raised' ? event.finding.at : event.at;
}

/** Everything that a run tells, in order of steps: an epoch begins before what happens in its first step. */
function happenings(run: TrainedRun, batchesPerEpoch: number): readonly Happening[] {
  const firstEpoch = Math.floor(run.begin / batchesPerEpoch);
  const lastEpoch = Math.floor((run.end - 1) / batchesPerEpoch);
  const epochs = Array.from({ length: lastEpoch - firstEpoch + 1 }, (_, index): Happening => {
    const step = Math.max(run.begin, (firstEpoch + index) * batchesPerEpoch);
    return { step, tell: (telemetry) => telemetry.reachedEpoch(firstEpoch + index, step) };
  });
  const entries = deedsOf([run]).map(({ entry }): Happening => ({
    step: entry.at,
    tell: (telemetry) => telemetry.intervened(entry),
  }));
  const events = run.detected.map(({ event }): Happening => ({
    step: stepOf(event),
    tell: (telemetry) => telemetry.detected(event),
  }));
  return [...epochs, ...entries, ...events].sort((a, b) => a.step - b.step);
}

export interface TraceFacts {
  readonly engine: string;
  readonly adapter: string;
  readonly batchesPerEpoch: number;
}

function emissionOf(run: TrainedRun, facts: TraceFacts): Emission {
  const [spans, logs]: [ReadableSpan[], ReadableLogRecord[]] = [[], []];
  let step = run.begin;
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
      now: () => epoch + step * stepMilliseconds,
      ids: idsOf(run),
      spans: keeping(spans),
      logs: keeping(logs),
    },
  );
  for (const happening of happenings(run, facts.batchesPerEpoch)) {
    step = happening.step;
    happening.tell(telemetry);
  }
  step = run.end;
  telemetry.end(run.end);
  return { spans, logs };
}

/** OTLP/JSON of every run: `training.run` and its epochs as spans, findings and interventions as log events. */
export function traceJson(runs: readonly TrainedRun[], facts: TraceFacts): string {
  return `${JSON.stringify(otlpJson(runs.map((run) => emissionOf(run, facts))), null, 1)}\n`;
}
