// The spans of a run: the run itself, its compilations and checkpoints, its epochs and the validations in them.
import {
  ROOT_CONTEXT,
  trace,
  type Attributes,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import { hrTime, type Clock } from './clock.ts';

/** Fast runs have hundreds of epochs a second: spans beyond this many are left out, and counted. */
const mostPerSecond = 50;

/** From when to when: milliseconds since the epoch. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

interface Epoch {
  readonly number: number;
  /** Undefined where it was left out: what lies in it is left out with it. */
  readonly span: Span | undefined;
}

export class RunSpans {
  /** Of the run's span. */
  readonly context: Context;
  readonly #tracer: Tracer;
  readonly #now: Clock;
  readonly #run: Span;
  #epoch: Epoch | undefined;
  #second = -1;
  #inSecond = 0;
  #dropped = 0;

  /** @param startTime of the run: milliseconds since the epoch */
  constructor(tracer: Tracer, now: Clock, startTime: number, attributes: Attributes) {
    this.#tracer = tracer;
    this.#now = now;
    this.#run = tracer.startSpan('training.run', { startTime: hrTime(startTime), attributes }, ROOT_CONTEXT);
    this.context = trace.setSpan(ROOT_CONTEXT, this.#run);
  }

  /** A program was compiled. */
  compiled(interval: Interval, engine: string): void {
    this.#whole('training.compile', interval, { 'training.engine': engine }, this.context);
  }

  /** The run has reached this epoch: ends the span of the one before. */
  reachedEpoch(number: number, step: number, at = this.#now()): void {
    if (this.#epoch?.number === number) return;
    this.#epoch?.span?.end(hrTime(at));
    this.#epoch = {
      number,
      span: this.#start(
        'training.epoch',
        at,
        { 'training.epoch': number, 'training.step': step },
        this.context,
      ),
    };
  }

  /** The validation set was evaluated at this step, at some time in the interval. */
  validated(step: number, interval: Interval): void {
    if (!this.#epoch?.span) {
      this.#dropped++;
      return;
    }
    const context = trace.setSpan(this.context, this.#epoch.span);
    this.#whole('training.validation', interval, { 'training.step': step }, context);
  }

  /** A checkpoint was taken before this step, at some time in the interval. */
  checkpointed(step: number, interval: Interval): void {
    this.#whole('training.checkpoint', interval, { 'training.step': step }, this.context);
  }

  /** Ends all open spans; a span is exported only when it ends. */
  end(step: number): void {
    const time = hrTime(this.#now());
    this.#epoch?.span?.end(time);
    this.#epoch = undefined;
    this.#run.setAttributes({ 'training.steps': step, 'telemetry.spans.dropped': this.#dropped });
    this.#run.end(time);
  }

  #whole(name: string, { from, to }: Interval, attributes: Attributes, context: Context): void {
    this.#start(name, from, attributes, context)?.end(hrTime(to));
  }

  #start(name: string, from: number, attributes: Attributes, context: Context): Span | undefined {
    const second = Math.floor(this.#now() / 1000);
    if (second !== this.#second) [this.#second, this.#inSecond] = [second, 0];
    if (++this.#inSecond > mostPerSecond) {
      this.#dropped++;
      return undefined;
    }
    return this.#tracer.startSpan(name, { startTime: hrTime(from), attributes }, context);
  }
}
