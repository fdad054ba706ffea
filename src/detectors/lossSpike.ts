// Loss spike: the gradient norm leaves its rolling average (a warning); the loss leaves its own course, soonest right after a jump (firing).
import { Baseline } from '../core/baseline.ts';
import { RollingMean } from '../core/rolling.ts';
import { decimal } from '../core/wording.ts';
import { lastSteps } from './alertRule.ts';
import { none, type Detector, type DetectorEvent, type Finding, type Severity } from './detector.ts';

const id = 'loss-spike';

/** The rolling average of the warning. */
const window = 50;
const firstStep = 20;
/** Memory of what loss and update ratio usually are. */
const memory = 40;
/** A jump of the update ratio (of the gradient norm, where that is not emitted) puts the loss under suspicion for this many steps. */
const suspicion = 60;
/** Evidence that one step can add, and what a step as usual takes away, in standard deviations. */
const mostPerStep = 8;
const allowance = 1;
/** Under suspicion the loss must also be this far above what it was: as a factor, and in itself. */
const suspect = { factor: 1.3, gap: 0.1 };
/** Without a jump before it: two steps of four that are this far out, or one that is further. */
const often = { deviations: 8, factor: 2, gap: 0.35 };
const once = { deviations: 18, factor: 2.5, gap: 0.8 };
/** Validation loss after a jump. */
const validated = { deviations: 0, factor: 1.5, gap: 0.2 };
/** The episode is over when the loss has stayed under this factor of what it was before, for `calmSteps`. */
const calmFactor = 1.5;
const calmSteps = 5;

interface Excess {
  readonly deviations: number;
  readonly factor: number;
  readonly gap: number;
}

/** Also true of NaN, which is no loss at all. */
function exceeds(value: number, mean: number, deviation: number, by: Excess): boolean {
  return !(value <= Math.max(mean + by.deviations * deviation, mean * by.factor, mean + by.gap));
}

/** How many times what it usually is a positive signal is; its logarithm is what is averaged. */
class Share {
  readonly #usual = new Baseline(memory, firstStep, 0.33);
  #value = 1;

  /** Of the last value seen, against those before it. */
  get value(): number {
    return this.#value;
  }

  see(value: number, learns: boolean): void {
    this.#value = value > 0 ? value / Math.exp(this.#usual.mean) : 1;
    if (value > 0 && (learns || !this.#usual.isSettled)) this.#usual.push(Math.log(value));
  }
}

/** Whether the loss has left its course, step by step. */
class Course {
  readonly #loss = new Baseline(memory, firstStep, 0.02);
  readonly #update = new Share();
  readonly #limits: Readonly<Record<string, number>>;
  #suspectedFor = 0;
  #recent: readonly boolean[] = [];
  #validation = NaN;
  score = 0;

  constructor(limits: Readonly<Record<string, number>>) {
    this.#limits = limits;
  }

  get usualLoss(): number {
    return this.#loss.mean;
  }

  get isSettled(): boolean {
    return this.#loss.isSettled;
  }

  /**
   * @param update what tells of a jump
   * @param validation loss of an evaluation at this step, if there was one
   */
  sees(loss: number, update: number, validation: number | undefined): boolean {
    const hasLeft = this.isSettled && this.#judge(loss, validation);
    const learns = this.#suspectedFor === 0;
    this.#update.see(update, learns);
    if (this.isSettled && this.#update.value > (this.#limits['jump'] ?? NaN)) {
      if (learns) this.score = 0;
      this.#suspectedFor = suspicion;
    } else if (this.#suspectedFor > 0) this.#suspectedFor--;
    if (this.#suspectedFor === 0) {
      this.#loss.push(loss);
      if (validation !== undefined && Number.isFinite(validation)) this.#validation = validation;
    }
    return hasLeft;
  }

  /** What was suspicious has passed. */
  forgive(): void {
    this.#suspectedFor = 0;
    this.#recent = [];
    this.score = 0;
  }

  #judge(loss: number, validation: number | undefined): boolean {
    const { mean, deviation } = this.#loss;
    this.#recent = [...this.#recent.slice(-3), exceeds(loss, mean, deviation, often)];
    if (exceeds(loss, mean, deviation, once)) return true;
    if (this.#recent.filter(Boolean).length >= 2) return true;
    if (this.#suspectedFor === 0) return false;
    const off = Math.min(mostPerStep, (loss - mean) / deviation) - allowance;
    this.score = Math.max(0, this.score + off);
    if (this.score > (this.#limits['firing'] ?? NaN) && exceeds(loss, mean, 0, { ...suspect, deviations: 0 }))
      return true;
    const isComparable = validation !== undefined && Number.isFinite(this.#validation);
    return isComparable && exceeds(validation, this.#validation, 0, validated);
  }
}

interface Episode {
  readonly onset: number;
  severity: Severity;
  readonly lossBefore: number;
  calm: number;
}

export const lossSpike = {
  id,
  title: 'Loss spike',
  signals: ['gradient_norm', 'loss'],
  ways: [
    ['gradient_norm', 'loss'],
    ['gradient_norm', 'loss', 'validation_loss'],
  ],
  thresholds: { warning: 5, jump: 5, firing: 6 },
  watch: ({ layout }, limits) => {
    const [lossColumn, normColumn, updateColumn, validationColumn, evaluatedColumn] = [
      'loss',
      'gradient_norm',
      'update_ratio',
      'validation_loss',
      'evaluated_at',
    ].map((signal) => layout.column(signal)) as [number, number, number, number, number];
    const norms = new RollingMean(window);
    const course = new Course(limits);
    let episode: Episode | undefined;

    const raise = (severity: Severity, at: number, norm: number, loss: number): DetectorEvent => {
      // Where no loss was finite before, the loss at the onset is all there is to compare with.
      const lossBefore = Number.isFinite(course.usualLoss) ? course.usualLoss : loss;
      episode ??= { onset: at, severity, lossBefore, calm: 0 };
      episode.severity = severity;
      episode.calm = 0;
      const finding: Finding = {
        detector: id,
        layer: 0,
        severity,
        onset: episode.onset,
        at,
        evidence: [
          { signal: 'gradient_norm', value: norm, baseline: norms.mean, threshold: limits['warning'] ?? NaN },
          { signal: 'loss', value: loss, baseline: episode.lossBefore },
        ],
      };
      return { kind: 'raised', finding };
    };

    const settle = (at: number, loss: number): readonly DetectorEvent[] => {
      if (!episode) return none;
      episode.calm = loss <= calmFactor * episode.lossBefore ? episode.calm + 1 : 0;
      if (episode.calm < calmSteps) return none;
      episode = undefined;
      course.forgive();
      return [{ kind: 'resolved', detector: id, layer: 0, at }];
    };

    return (rows, row) => {
      const norm = rows.value(row, normColumn);
      const loss = rows.value(row, lossColumn);
      if (norm === undefined || loss === undefined) return none;
      const at = rows.step(row);
      const isEvaluated = rows.value(row, evaluatedColumn) === at;
      const hasLeft = course.sees(
        loss,
        rows.value(row, updateColumn) ?? norm,
        isEvaluated ? rows.value(row, validationColumn) : undefined,
      );
      const ratio = norms.count >= firstStep && Number.isFinite(norm) ? norm / norms.mean : 0;
      const warns = ratio >= (limits['warning'] ?? NaN);
      const severity = hasLeft ? 'firing' : warns ? 'warning' : null;
      const isWorse =
        severity !== null && (!episode || (severity === 'firing' && episode.severity === 'warning'));
      const events = isWorse ? [raise(severity, at, norm, loss)] : settle(at, loss);
      norms.push(norm);
      return events;
    };
  },
  rule: (limits) =>
    `gradient_norm ≥ ${limits['warning']}× the average of the ${window} steps before it warns (from step ${firstStep} on). ` +
    `It fires when the loss leaves its course: by ${limits['firing']} standard deviations in all within ${suspicion} steps of a jump of update_ratio by more than ${limits['jump']}×, or at once by far more.`,
  observation: ({ severity, evidence: [norm, loss] }) => {
    // A norm that is 0, as it always was, is what it was.
    const times = norm.value === norm.baseline ? 1 : norm.value / (norm.baseline ?? NaN);
    const gradient = `radient norm ${decimal(times)}× its rolling average`;
    const share = loss?.baseline ? decimal(loss.value / loss.baseline) : undefined;
    if (severity === 'warning')
      return `G${gradient} (limit ${norm.threshold}×)${share === undefined ? '.' : `; loss ${share}× what it was.`}`;
    return share === undefined ? `G${gradient}.` : `Loss ${share}× what it was; g${gradient}.`;
  },
  cause: () =>
    'The steps are longer than this landscape allows: an update overshoots, and the next gradient is larger still.',
  alertRules: ({ warning = NaN }) => [
    {
      alert: 'TrainingGradientNormSpike',
      expr: [
        `training_gradient_norm >= ${warning} * avg_over_time(training_gradient_norm[${lastSteps(window)}] offset 1s)`,
        `and training_gradient_norm offset ${firstStep}s`,
      ].join('\n'),
      severity: 'warning',
      summary: 'gradient_norm left its rolling average: divide the learning rate or clip',
      limits:
        'This is the detector’s warning. That it fires (the loss leaves its course, by evidence gathered since a jump) has memory that no rule has: ' +
        'there the alert may come later, or not at all. After a NaN or infinite gradient the rule is silent until it has left the average.',
    },
  ],
} as const satisfies Detector;
