// Every detector over the rows of somebody's log: what they report, which are blind, and which scenarios look like it.
import { defaultRecipe } from '../core/recipe.ts';
import { Rows } from '../core/layout.ts';
import { blindnessOf, waysOf } from '../detectors/blindness.ts';
import type { DetectorEvent, WatchContext } from '../detectors/detector.ts';
import { readers, thresholdsOf } from '../detectors/index.ts';
import { watchContextOf } from '../detectors/monitor.ts';
import { scenarios } from '../scenarios/index.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { signals } from '../signals/index.ts';
import type { WreckRows } from './rows.ts';

/** A log does not say how wide layers are: as many units as make a share count. */
const assumedWidth = 512;

/** A detector that cannot run, and the signals that would let it. */
interface Blind {
  readonly id: string;
  readonly title: string;
  readonly lacks: readonly string[];
}

export interface Watched {
  /** In order of steps, with the log's own. */
  readonly events: readonly DetectorEvent[];
  readonly ran: readonly string[];
  readonly blind: readonly Blind[];
}

/** Rows are numbered there, and every window counts rows. */
function contextOf({ layout, hiddenLayers }: WreckRows): WatchContext {
  return {
    ...watchContextOf(defaultRecipe, layout),
    hiddenLayers,
    widths: Array.from({ length: hiddenLayers }, () => assumedWidth),
    validateEvery: 1,
  };
}

function absentSignals({ present }: Pick<WreckRows, 'present'>): readonly string[] {
  return signals.map(({ id }) => id).filter((id) => !present.includes(id));
}

/** Of each blind detector the way to fire that lacks least. */
function blindOf(absent: readonly string[]): readonly Blind[] {
  return blindnessOf(readers, absent).blind.map((reader) => {
    const lacking = waysOf(reader).map((way) => way.filter((signal) => absent.includes(signal)));
    const lacks = lacking.reduce((least, one) => (one.length < least.length ? one : least));
    return { id: reader.id, title: reader.title, lacks };
  });
}

/** With the steps of the log in place of row numbers. */
function named(event: DetectorEvent, steps: Uint32Array): DetectorEvent {
  const at = (row: number) => steps[row] ?? row;
  if (event.kind === 'resolved') return { ...event, at: at(event.at) };
  const { finding } = event;
  return { kind: 'raised', finding: { ...finding, at: at(finding.at), onset: at(finding.onset) } };
}

export function watchWreck(wreck: WreckRows, thresholds: Readonly<Record<string, number>>): Watched {
  const absent = absentSignals(wreck);
  const blind = blindOf(absent);
  const seeing = readers.filter(({ id }) => !blind.some((one) => one.id === id));
  const context = contextOf(wreck);
  const watchers = seeing.map((detector) => detector.watch(context, thresholdsOf(detector, thresholds)));
  const rows = new Rows(wreck.layout, wreck.numbered);
  const events: DetectorEvent[] = [];
  for (let row = 0; row < rows.count; row++)
    for (const watcher of watchers)
      for (const event of watcher(rows, row)) events.push(named(event, wreck.steps));
  return { events, ran: seeing.map(({ id }) => id), blind };
}

const all: readonly Scenario[] = scenarios;
const mostAlike = 3;

/** Scenarios of which every expected detector fired here, those with the most in common first. */
export function looksLike(events: readonly DetectorEvent[]): readonly Scenario[] {
  const fired = new Set(
    events.flatMap((event) =>
      event.kind === 'raised' && event.finding.severity === 'firing' ? [event.finding.detector] : [],
    ),
  );
  return all
    .filter(({ expected }) => expected.length > 0 && expected.every((id) => fired.has(id)))
    .sort((a, b) => b.expected.length - a.expected.length)
    .slice(0, mostAlike);
}
