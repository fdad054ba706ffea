// What happens in a run, as log events in the context of its span.
import type { Context } from '@opentelemetry/api';
import { SeverityNumber, type AnyValueMap, type Logger } from '@opentelemetry/api-logs';
import type { Intervention } from '../core/timeline.ts';
import type { DetectorEvent, Finding } from '../detectors/detector.ts';
import { overInstrumentation } from '../detectors/overInstrumentation.ts';
import { layerAttributes, portable } from './attributes.ts';
import { hrTime, type Clock } from './clock.ts';

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
    ...layerAttributes(finding.layer),
  };
}

/** Where events go, and what all of them have in common. */
export interface EventScope {
  readonly logger: Logger;
  readonly context: Context;
  readonly runId: string;
  readonly now: Clock;
}

export class RunEvents {
  readonly #scope: EventScope;

  constructor(scope: EventScope) {
    this.#scope = scope;
  }

  started(seed: number): void {
    this.#emit('training.run.started', SeverityNumber.INFO, 'Training started', { 'training.seed': seed });
  }

  /** The run is alive: its span says so only when it ends. */
  beat(step: number, paused: boolean): void {
    const body = `${paused ? 'Paused' : 'Training'} at step ${step}`;
    this.#emit('training.run.heartbeat', SeverityNumber.INFO, body, {
      'training.step': step,
      'training.paused': paused,
    });
  }

  detected(event: DetectorEvent): void {
    if (event.kind === 'raised') {
      this.#raised(event.finding);
      return;
    }
    this.#emit('training.detector.resolved', SeverityNumber.INFO, `${event.detector} resolved`, {
      'training.step': event.at,
      'detector.id': event.detector,
      ...layerAttributes(event.layer),
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

  #raised(finding: Finding): void {
    const { detector, severity } = finding;
    const number = severity === 'firing' ? SeverityNumber.ERROR : SeverityNumber.WARN;
    const attributes = findingAttributes(finding);
    this.#emit('training.detector.fired', number, `${detector} ${severity}`, attributes);
    // The telemetry's own limit has a name of its own: who pays for the telemetry need not know this page's detectors.
    if (detector === overInstrumentation.id)
      this.#emit('telemetry.budget.exceeded', number, 'More time series than the budget allows', attributes);
  }

  #emit(eventName: string, severityNumber: SeverityNumber, body: string, attributes: AnyValueMap): void {
    const { logger, context, runId, now } = this.#scope;
    const time = hrTime(now());
    logger.emit({
      eventName,
      severityNumber,
      body,
      attributes: { 'training.run.id': runId, ...attributes },
      context,
      timestamp: time,
      observedTimestamp: time,
    });
  }
}
