// Runs as tracks: where lanes, stations, junctions, signs and signals lie.
import type { ChartWindow } from '../charts/chart.ts';
import { stepShare } from '../charts/scale.ts';
import { clearOf } from '../charts/labels.ts';

interface TrackFault {
  readonly step: number;
  readonly label: string;
}

interface TrackAlert extends TrackFault {
  /** Dark = a gap: no alert, but signals that are not there. */
  readonly state: 'warning' | 'firing' | 'dark';
}

export interface TrackRun {
  readonly id: string;
  /** "Run A" */
  readonly name: string;
  /** "fork: batch norm" */
  readonly note: string;
  readonly tone: 'ink' | 'action' | 'ghost';
  readonly from: number;
  readonly to: number;
  readonly parent: string | null;
  readonly forkAt: number | null;
  readonly checkpoints: readonly number[];
  readonly faults: readonly TrackFault[];
  readonly alerts: readonly TrackAlert[];
}

export interface TrackPlan {
  readonly left: number;
  readonly right: number;
  readonly height: number;
  /** Where the ticks of the time axis begin. */
  readonly axis: number;
  /** Height of each run's line. */
  readonly lanes: readonly number[];
  /** Lanes above which there is room for signs and their texts: all, the first or none. */
  readonly named: 'all' | 'first' | 'none';
}

const axisHeight = 17;
/** Below the last lane, where there is room. */
const axisGap = 14;
/** Above the first lane: its signs and signals. */
const signHeight = 22;
/** Between lanes with signs above each of them. */
const roomyLane = 32;
/** Between lanes whose names stand one above another. */
const tightLane = 12;

/** The first lane stays where it is when a second opens, and gives up its signs for a third only where the track is low. */
export function trackPlan(runs: number, width: number, height: number, gutter: number): TrackPlan {
  const last = height - axisHeight - 9;
  const spacingFrom = (first: number) =>
    runs < 2 ? roomyLane : Math.min(roomyLane, (last - first) / (runs - 1));
  const isFirstNamed = spacingFrom(signHeight + 8) >= tightLane;
  const first = isFirstNamed ? signHeight + 8 : 12;
  const spacing = spacingFrom(first);
  return {
    left: gutter,
    right: width - 12,
    height,
    axis: Math.min(height - axisHeight - 3, first + Math.max(0, runs - 1) * spacing + axisGap),
    lanes: Array.from({ length: runs }, (_, lane) => first + lane * spacing),
    named: !isFirstNamed ? 'none' : spacing >= roomyLane - 1 ? 'all' : 'first',
  };
}

export function stepToX(step: number, window: ChartWindow, { left, right }: TrackPlan): number {
  return left + Math.min(1, Math.max(0, stepShare(step, window))) * (right - left);
}

/** Checkpoints at least `gap` apart, from the first on; the last one always. */
export function thinStations(
  checkpoints: readonly number[],
  toX: (step: number) => number,
  gap = 18,
): number[] {
  if (checkpoints.length < 2) return [...checkpoints];
  const last = checkpoints[checkpoints.length - 1] ?? 0;
  const kept: number[] = [];
  for (const step of checkpoints)
    if (kept.length === 0 || toX(step) - toX(kept[kept.length - 1] ?? 0) >= gap) kept.push(step);
  return [...kept.filter((step) => toX(last) - toX(step) >= gap), last];
}

export interface Sign {
  readonly kind: 'fault' | TrackAlert['state'];
  readonly step: number;
  readonly label: string;
  /** Where it stands: moved right of where it belongs if another sign stands there. */
  readonly x: number;
  /** Text beside it; null = no room. */
  readonly text: { readonly x: number; readonly anchor: 'start' | 'end' } | null;
}

const signGap = 21;

/** Alerts of one name nearer than their width are drawn as one: moved apart, they would tell wrong steps. */
function merged<T extends Pick<Sign, 'kind' | 'step' | 'label'>>(
  signs: readonly T[],
  toX: (step: number) => number,
): readonly T[] {
  const kept: T[] = [];
  for (const sign of signs) {
    const last = kept.at(-1);
    const isSame = last?.kind === sign.kind && last.label === sign.label && sign.kind !== 'fault';
    if (!isSame || toX(sign.step) - toX(last.step) >= signGap) kept.push(sign);
  }
  return kept;
}

/** Signs of a run from left to right. The text of a fault is left of it, else right; it is dropped where it would meet another sign. */
export function placeSigns(
  run: Pick<TrackRun, 'faults' | 'alerts'>,
  toX: (step: number) => number,
  plan: Pick<TrackPlan, 'left' | 'right'>,
  widthOf: (text: string) => number,
): Sign[] {
  const all = [
    ...run.faults.map((fault) => ({ ...fault, kind: 'fault' as const })),
    ...run.alerts.map(({ state, ...alert }) => ({ ...alert, kind: state })),
  ].sort((a, b) => a.step - b.step);
  const signs = merged(all, toX);
  const places: number[] = [];
  for (const { step } of signs)
    places.push(Math.max(toX(step), (places[places.length - 1] ?? -Infinity) + signGap));
  let taken = 0;
  return signs.map((sign, index) => {
    const x = places[index] ?? 0;
    const next = places[index + 1] ?? plan.right + signGap;
    const width = widthOf(sign.label);
    const text = textBeside(sign.kind, x, width, Math.max(taken, x - 4 * width), next);
    taken = text?.anchor === 'start' ? text.x + width + 10 : x + 12;
    return { ...sign, x, text };
  });
}

function textBeside(kind: Sign['kind'], x: number, width: number, taken: number, next: number): Sign['text'] {
  const isLeftFree = x - 11 - width >= taken;
  const isRightFree = x + 13 + width <= next - 10;
  if (kind === 'fault' && isLeftFree) return { x: x - 11, anchor: 'end' };
  if (isRightFree) return { x: x + 13, anchor: 'start' };
  return isLeftFree ? { x: x - 11, anchor: 'end' } : null;
}

/** The track of a fork, from its parent's lane down to its own: an S over at most `bend` pixels. */
export const bend = 32;

export function junction(x: number, fromY: number, toY: number, end: number): string {
  const reach = Math.max(0, Math.min(bend, end - x));
  return `M${x} ${fromY}C${x + reach / 2} ${fromY} ${x + reach / 2} ${toY} ${x + reach} ${toY}H${Math.max(end, x + reach)}`;
}

/** Steps written below the track that would not meet a taken place. */
export function axisSteps(steps: readonly number[], toX: (step: number) => number, taken: readonly number[]) {
  return clearOf(
    steps.map((step) => ({ step, at: toX(step) })),
    taken,
    44,
  );
}
