// One run as OpenTelemetry: spans of the run, its epochs and compilations; findings and interventions as log events.
import { ROOT_CONTEXT, trace, type Context, type Span } from '@opentelemetry/api';
import { SeverityNumber, type AnyValueMap } from '@opentelemetry/api-logs';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { LoggerProvider, SimpleLogRecordProcessor, type LogRecordExporter } from '@opentelemetry/sdk-logs';
import {
  SimpleSpanProcessor,
  WebTracerProvider,
  type IdGenerator,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-web';
import { ATTR_SERVICE_NAME } from '@opentelemetry/semantic-conventions';
import type { Intervention } from '../core/timeline.ts';
import type { DetectorEvent, Finding } from '../detectors/detector.ts';
import { eventItem, spanItem, type TelemetryItem } from './item.ts';
import { MemoryLogExporter, MemorySpanExporter } from './memory.ts';

export type { TelemetryItem } from './item.ts';

const scope = 'trainwreck';

export interface RunIdentity {
  readonly runId: string;
  readonly engine: string;
  readonly adapter: string;
  readonly seed: number;
  /** The recipe as a link's query string. */
  readonly recipe: string;
  /** When the run began, compilation included: milliseconds since the epoch. */
  readonly startTime: number;
}

/** What stands in for wall clock and chance where a run must give the same telemetry every time, and who else is told of it. */
export interface ScriptedTelemetry {
  /** The time now, in milliseconds since the epoch. */
  readonly now: () => number;
  readonly ids: IdGenerator;
  readonly spans: SpanExporter;
  readonly logs: LogRecordExporter;
}

/** OTLP/JSON turns NaN and infinity into null, so a value that is not finite travels as a string. */
function portable(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

function findingAttributes(finding: Finding): AnyValueMap {
  const [first] = finding.evidence;
  return {
    'training.step': finding.at,
    'detector.id': finding.detector,
    'detector.severity': finding.severity,
    'detector.onset': finding.onset,
    'signal.name': first.signal,
    'signal.value': portable(first.value),
    ...(first.threshold === undefined ? {} : { 'detector.threshold': portable(first.threshold) }),
    ...(first.baseline === undefined ? {} : { 'signal.baseline': portable(first.baseline) }),
    ...(finding.layer === 0 ? {} : { 'layer.name': `layer_${finding.layer}` }),
  };
}

export class RunTelemetry {
  readonly #identity: RunIdentity;
  readonly #script: ScriptedTelemetry | undefined;
  readonly #spans = new MemorySpanExporter();
  readonly #logs = new MemoryLogExporter();
  readonly #tracers: WebTracerProvider;
  readonly #loggers: LoggerProvider;
  readonly #run: Span;
  readonly #context: Context;
  #epoch: { readonly number: number; readonly span: Span } | undefined;

  constructor(identity: RunIdentity, script?: ScriptedTelemetry) {
    this.#identity = identity;
    this.#script = script;
    const resource = defaultResource().merge(
      resourceFromAttributes({ [ATTR_SERVICE_NAME]: scope, 'service.instance.id': identity.runId }),
    );
    this.#tracers = new WebTracerProvider({
      resource,
      spanProcessors: [this.#spans, ...(script ? [script.spans] : [])].map(
        (exporter) => new SimpleSpanProcessor(exporter),
      ),
      ...(script ? { idGenerator: script.ids } : {}),
    });
    this.#loggers = new LoggerProvider({
      resource,
      processors: [this.#logs, ...(script ? [script.logs] : [])].map(
        (exporter) => new SimpleLogRecordProcessor({ exporter }),
      ),
    });
    this.#run = this.#tracers.getTracer(scope).startSpan('training.run', {
      startTime: this.#now ?? identity.startTime,
      attributes: {
        'training.recipe': identity.recipe,
        'training.engine': identity.engine,
        'training.adapter': identity.adapter,
        'training.seed': identity.seed,
      },
    });
    this.#context = trace.setSpan(ROOT_CONTEXT, this.#run);
    this.#emit('training.run.started', SeverityNumber.INFO, 'Training started', {
      'training.seed': identity.seed,
    });
  }

  /** The time that a program took to compile, as a finished span. */
  compiled(startTime: number, endTime: number): void {
    const span = this.#tracers
      .getTracer(scope)
      .startSpan(
        'training.compile',
        { startTime, attributes: { 'training.engine': this.#identity.engine } },
        this.#context,
      );
    span.end(endTime);
  }

  /** The run has reached this epoch: ends the span of the one before. */
  reachedEpoch(number: number, step: number): void {
    if (this.#epoch?.number === number) return;
    this.#epoch?.span.end(this.#now);
    const attributes = { 'training.epoch': number, 'training.step': step };
    const options = { attributes, ...(this.#now ? { startTime: this.#now } : {}) };
    const span = this.#tracers.getTracer(scope).startSpan('training.epoch', options, this.#context);
    this.#epoch = { number, span };
  }

  detected(event: DetectorEvent): void {
    if (event.kind === 'raised') {
      const { finding } = event;
      const severity = finding.severity === 'firing' ? SeverityNumber.ERROR : SeverityNumber.WARN;
      this.#emit(
        'training.detector.fired',
        severity,
        `${finding.detector} ${finding.severity}`,
        findingAttributes(finding),
      );
      return;
    }
    this.#emit('training.detector.resolved', SeverityNumber.INFO, `${event.detector} resolved`, {
      'training.step': event.at,
      'detector.id': event.detector,
      ...(event.layer === 0 ? {} : { 'layer.name': `layer_${event.layer}` }),
    });
  }

  intervened(entry: Intervention): void {
    this.#emit('training.intervention', SeverityNumber.INFO, `${entry.by} at step ${entry.at}`, {
      'training.step': entry.at,
      'intervention.id': entry.by,
      'intervention.change': JSON.stringify(entry.change),
      ...(entry.rewindTo === undefined ? {} : { 'intervention.rewind_to': entry.rewindTo }),
    });
  }

  /** Ends all open spans; a span is exported only when it ends. */
  end(step: number): void {
    this.#epoch?.span.end(this.#now);
    this.#epoch = undefined;
    this.#run.setAttribute('training.steps', step);
    this.#run.end(this.#now);
  }

  /** What has been exported since the last call, in order of its end. */
  take(): readonly TelemetryItem[] {
    const items = [
      ...this.#spans.finished.take().map(spanItem),
      ...this.#logs.finished.take().map(eventItem),
    ];
    return items.sort((a, b) => a.endTime - b.endTime);
  }

  /** A date, since OpenTelemetry takes a number below the time at which the process started for a time counted from there. */
  get #now(): Date | undefined {
    return this.#script && new Date(this.#script.now());
  }

  #emit(eventName: string, severityNumber: SeverityNumber, body: string, attributes: AnyValueMap): void {
    this.#loggers.getLogger(scope).emit({
      eventName,
      severityNumber,
      body,
      attributes: { 'training.run.id': this.#identity.runId, ...attributes },
      context: this.#context,
      ...(this.#now ? { timestamp: this.#now, observedTimestamp: this.#now } : {}),
    });
  }
}
