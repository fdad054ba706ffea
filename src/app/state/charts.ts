// Which three charts are up, and the lines that they draw of the runs.
import type { Finding } from '../../detectors/detector.ts';
import type { ChartLine } from '../charts/chart.ts';
import { chartSpecs, type ChartContext, type ChartId, type ChartSpec, type LineSpec } from './chartSpecs.ts';
import type { History } from './history.svelte.ts';
import type { Unemitted } from './unemitted.ts';

export type { ChartId } from './chartSpecs.ts';

export interface Window {
  readonly from: number;
  readonly to: number;
}

/** A run as the charts draw it: the one looked at, the broken one behind it, or the run without the fault. */
export interface DrawnRun {
  readonly name: string;
  readonly part: 'looked' | 'broken' | 'twin';
  readonly history: History;
  readonly unemitted: Unemitted;
  /** What was not emitted is drawn all the same: the run has been shipped. */
  readonly reveals: boolean;
}

export function chartSpec(id: ChartId, context: ChartContext): ChartSpec & { readonly id: ChartId } {
  return { id, ...chartSpecs[id](context) };
}

const chosenFor: Readonly<Record<string, readonly [ChartId, ChartId, ChartId]>> = {
  'dead-neurons': ['dead', 'activation', 'accuracy'],
  'exploding-gradient': ['loss', 'norm', 'accuracy'],
  'input-shift': ['loss', 'kl', 'accuracy'],
  'over-instrumentation': ['loss', 'series', 'accuracy'],
  overfit: ['loss', 'generalization', 'accuracy'],
  saturation: ['saturation', 'activation', 'accuracy'],
  'vanishing-gradient': ['loss', 'vanishing', 'accuracy'],
};
const usual = ['loss', 'gradient', 'accuracy'] as const;

/** The chart of a signal that a finding rests on, for findings that are about a signal more than about a pattern. */
const chartOfSignal: Readonly<Record<string, ChartId>> = {
  dead_neuron_ratio: 'dead',
  gradient_norm_ratio: 'vanishing',
  input_kl_divergence: 'kl',
  saturation_ratio: 'saturation',
  telemetry_series: 'series',
  validation_loss: 'generalization',
};

/** A finding; or a detector’s charts before it has found anything. */
type Told = Pick<Finding, 'detector'> & Partial<Pick<Finding, 'evidence'>>;

function chosenForFinding(finding: Told | undefined) {
  if (!finding) return usual;
  const known = chosenFor[finding.detector];
  if (known) return known;
  const middle = finding.evidence && chartOfSignal[finding.evidence[0].signal];
  return middle ? ([usual[0], middle, usual[2]] as const) : usual;
}

/** The three that tell this story; a pressed lamp's chart takes the middle place. */
export function chosenCharts(finding: Told | undefined, pressed: ChartId | undefined): readonly ChartId[] {
  const chosen: readonly ChartId[] = chosenForFinding(finding);
  if (pressed === undefined || chosen.includes(pressed)) return chosen;
  return [chosen[0] ?? 'loss', pressed, chosen[2] ?? 'accuracy'];
}

const styles = {
  broken: { tone: 'muted', dashed: false, width: 1 },
  twin: { tone: 'ghost', dashed: true, width: 1.5 },
} as const;

/** What nobody sees: a signal that was not emitted, as it would have been. */
const ghost = { tone: 'ghost', dashed: false, width: 1.5 } as const;

function lookedStyle(index: number) {
  return index === 0
    ? ({ tone: 'ink', dashed: false, width: 2 } as const)
    : ({ tone: 'action', dashed: true, width: 1.5 } as const);
}

/** Beside the run looked at, a run has one line in a chart: its own name is enough. So it is for the run looked at where the chart shows one signal. */
function lineLabel(line: LineSpec, { name, part }: DrawnRun, isNamedByRun: boolean): string {
  if (part === 'looked') return isNamedByRun ? `run ${name}` : line.label;
  const whose = part === 'twin' ? 'no fault' : `run ${name}`;
  return line.main ? whose : `${whose}, ${line.label}`;
}

function isHidden(line: LineSpec, hidden: readonly string[]): boolean {
  return line.signals.some((signal) => hidden.includes(signal));
}

/** Whether nothing that a chart shows is emitted at a step. */
export function isDark(spec: ChartSpec, unemitted: Unemitted, step: number): boolean {
  const hidden = unemitted(step);
  return spec.lines.length > 0 && hidden.length > 0 && spec.lines.every((line) => isHidden(line, hidden));
}

/** A line as far as it was emitted, and once the run has been shipped in grey what was not; each is interrupted where the other goes on. */
function parted(line: ChartLine, spec: LineSpec, { unemitted, part, reveals }: DrawnRun): ChartLine[] {
  const { steps, values } = line;
  const dark = Array.from(steps, (step) => isHidden(spec, unemitted(step)));
  if (!dark.includes(true)) return [line];
  const only = (wanted: boolean) => Array.from(values, (value, at) => (dark[at] === wanted ? value : null));
  const seen = { ...line, values: only(false) };
  if (!reveals) return dark.includes(false) ? [seen] : [];
  const unseen = {
    ...line,
    ...ghost,
    id: `${line.id}.unemitted`,
    label: `${line.label}, not emitted`,
    values: only(true),
  };
  if (part !== 'looked' || !dark.includes(false)) return [unseen];
  return [seen, unseen];
}

/** Every line of a chart within the window: all of the run looked at, one of each other. */
export function chartLines(
  spec: ChartSpec,
  runs: readonly DrawnRun[],
  { from, to }: Window,
  maxPoints: number,
): ChartLine[] {
  const isNamedByRun = runs.length > 1 && spec.lines.length === 1;
  return runs.flatMap((run) =>
    spec.lines.flatMap((line, index): ChartLine[] => {
      const { name, part, history } = run;
      const isCompared = line.main || (part === 'twin' && runs.length === 2 && line.ofTwin === true);
      if (part !== 'looked' && !isCompared) return [];
      const { steps, values } = history.series(line.read(history), from, to, maxPoints);
      const style = part === 'looked' ? lookedStyle(index) : styles[part];
      const label = lineLabel(line, run, isNamedByRun);
      return parted({ id: `${name}.${line.id}`, label, ...style, steps, values }, line, run);
    }),
  );
}
