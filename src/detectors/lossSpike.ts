// Loss spike: the gradient norm leaves its rolling average by a factor.
import { RollingMean } from '../core/rolling.ts';
import { decimal } from '../core/wording.ts';
import { none, type Detector, type Finding, type Severity } from './detector.ts';

const id = 'loss-spike';

const window = 50;
const firstStep = 20;
/** The episode is over when the loss has stayed under this factor of its average from before, for `calmSteps`. */
const calmFactor = 1.5;
const calmSteps = 5;

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
  thresholds: { warning: 5, firing: 10 },
  watch: ({ layout }, limits) => {
    const normColumn = layout.column('gradient_norm');
    const lossColumn = layout.column('loss');
    const norms = new RollingMean(window);
    const losses = new RollingMean(window);
    let episode: Episode | undefined;

    const raise = (severity: Severity, at: number, norm: number, baseline: number, loss: number) => {
      // Where no loss was finite before, the loss at the onset is all there is to compare with.
      const lossBefore = Number.isFinite(losses.mean) ? losses.mean : loss;
      episode ??= { onset: at, severity, lossBefore, calm: 0 };
      episode.severity = severity;
      episode.calm = 0;
      const threshold = limits[severity] ?? NaN;
      const finding: Finding = {
        detector: id,
        layer: 0,
        severity,
        onset: episode.onset,
        at,
        evidence: [
          { signal: 'gradient_norm', value: norm, baseline, threshold },
          { signal: 'loss', value: loss, baseline: episode.lossBefore },
        ],
      };
      return [{ kind: 'raised', finding }] as const;
    };

    const settle = (at: number, loss: number) => {
      if (!episode) return none;
      episode.calm = loss <= calmFactor * episode.lossBefore ? episode.calm + 1 : 0;
      if (episode.calm < calmSteps) return none;
      episode = undefined;
      return [{ kind: 'resolved', detector: id, layer: 0, at }] as const;
    };

    return (rows, row) => {
      const norm = rows.value(row, normColumn);
      const loss = rows.value(row, lossColumn);
      if (norm === undefined || loss === undefined) return none;
      const [baseline, enough] = [norms.mean, norms.count >= firstStep];
      const ratio = enough && Number.isFinite(norm) ? norm / baseline : 0;
      const severity =
        ratio >= (limits['firing'] ?? NaN)
          ? 'firing'
          : ratio >= (limits['warning'] ?? NaN)
            ? 'warning'
            : null;
      const worse =
        severity !== null && (!episode || (severity === 'firing' && episode.severity === 'warning'));
      const events = worse
        ? raise(severity, rows.step(row), norm, baseline, loss)
        : settle(rows.step(row), loss);
      norms.push(norm);
      losses.push(loss);
      return events;
    };
  },
  rule: (limits) =>
    `gradient_norm ≥ ${limits['warning']}× the average of the ${window} steps before it warns, ≥ ${limits['firing']}× fires (from step ${firstStep} on).`,
  observation: ({ evidence: [norm, loss] }) =>
    `Gradient norm ${decimal(norm.value / (norm.baseline ?? NaN))}× its rolling average (limit ${norm.threshold}×)` +
    (loss?.baseline ? `; loss ${decimal(loss.value / loss.baseline)}× what it was.` : '.'),
  cause: () =>
    'The steps are longer than this landscape allows: an update overshoots, and the next gradient is larger still.',
  alertRule: (limits) =>
    [
      'alert: TrainingGradientNormSpike',
      `expr: training_gradient_norm >= ${limits['warning']} * avg_over_time(training_gradient_norm[${window}s] offset 1s)`,
      'labels: { severity: warning }',
      'annotations: { summary: "gradient_norm left its rolling average: divide the learning rate or clip" }',
    ].join('\n'),
} as const satisfies Detector;
