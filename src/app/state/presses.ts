// What a press sends to the worker: the entries of faults, remedies and replays, computed from the run at hand.
import { settingFields, type Settings, type SettingsChange } from '../../core/settings.ts';
import { applyChange } from '../../core/change.ts';
import type { Intervention } from '../../core/timeline.ts';
import type { Finding } from '../../detectors/detector.ts';
import { faultOf, faults } from '../../faults/index.ts';
import type { Fault, FaultContext } from '../../faults/fault.ts';
import { rewindOf, type Checkpoints, type Remedy, type RemedyContext } from '../../remedies/remedy.ts';
import type { ForkEntry } from '../../worker/protocol.ts';
import {
  causeFaults,
  isFault,
  openingEntry,
  ownFaults,
  reachedFaults,
  settingsBefore,
  settingsNow,
  type Position,
} from './chapter.ts';

/** 0.1 × 0.1 is 0.010000000000000002: in a link it should read 0.01. */
function readable<T>(value: T): T | number {
  return typeof value === 'number' ? Number(value.toPrecision(12)) : value;
}

/** The fields of `target` that differ from `now`. */
function settingsDifference(now: Settings, target: Settings): SettingsChange {
  return Object.fromEntries(
    settingFields
      .filter((field) => String(now[field]) !== String(target[field]))
      .map((field) => [field, readable(target[field])]),
  );
}

export function faultContext(position: Position, fault: Fault): FaultContext {
  return {
    recipe: position.recipe,
    settings: settingsNow(position),
    presses: reachedFaults(position).filter(({ by }) => by === fault.id).length,
  };
}

/** The fault that changes what users send, if there is one. */
export function driftFault(position: Position): Fault | undefined {
  return faults.find((fault: Fault) => fault.change(faultContext(position, fault)).kind === 'drift');
}

export function remedyContext(position: Position, finding?: Finding): RemedyContext {
  return { recipe: position.recipe, settings: settingsNow(position), finding };
}

/** A remedy opens a run where it says it starts. */
export function remedyEntries(
  remedy: Remedy,
  position: Position,
  checkpoints: Checkpoints,
  finding?: Finding,
): ForkEntry[] {
  const change = remedy.change(remedyContext(position, finding));
  const rewindTo = rewindOf(remedy, checkpoints);
  return [{ kind: 'open', by: remedy.id, ...(rewindTo !== undefined && { rewindTo }), change }];
}

/** A new run from a checkpoint, and nothing else: settings stay as they are. */
export function rewindEntry(step: number): ForkEntry {
  return { kind: 'open', by: 'edit', rewindTo: step, change: { kind: 'set', settings: {} } };
}

/** A new run from the last healthy checkpoint, under the settings from before the first fault: room for another fault. */
export function freshStartEntries(position: Position, healthyCheckpoint: number): ForkEntry[] {
  const [first] = reachedFaults(position);
  const now = settingsNow(position);
  const settings = first ? settingsDifference(now, settingsBefore(position.recipe, first)) : {};
  return [{ kind: 'open', by: 'edit', rewindTo: healthyCheckpoint, change: { kind: 'set', settings } }];
}

/** Settings as they would have been had everything but the faults been pressed: the remedy in force before the fault came. */
function settingsWithRemedy(repaired: Position, fault: Intervention, opening: Intervention): Settings {
  const { timeline } = repaired.recipe;
  return timeline
    .slice(timeline.indexOf(fault), timeline.indexOf(opening) + 1)
    .filter((entry) => !isFault(entry))
    .reduce((settings, { change }) => applyChange(settings, change), settingsBefore(repaired.recipe, fault));
}

/**
 * Would it have held? A run forked from the broken one, from the last checkpoint before the fault, with the remedy already in, and the same
 * fault replayed at its step. Undefined where there is no fault, or no checkpoint before it.
 */
export function heldEntries(
  repaired: Position,
  broken: Position,
  checkpoints: readonly number[],
): ForkEntry[] | undefined {
  const opening = openingEntry(repaired);
  const faults = causeFaults(repaired);
  const [first] = faults;
  if (!opening || !first) return undefined;
  const rewindTo = checkpoints.findLast((step) => step <= first.at);
  if (rewindTo === undefined) return undefined;
  const target = settingsWithRemedy(repaired, first, opening);
  const settings = settingsDifference(settingsNow(broken), target);
  // Batches that are skipped are no setting: the entry itself says which.
  const change =
    opening.change.kind === 'skip-batches' ? opening.change : ({ kind: 'set', settings } as const);
  return [
    { kind: 'open', by: opening.by, rewindTo, change },
    ...faults.map((entry) => ({ kind: 'later', entry }) as const),
  ];
}

/** Whether pressing this fault needs a run of its own: another fault broke the training of this one. */
export function needsFreshRun(position: Position, fault: Fault, alerted: boolean): boolean {
  if (!alerted || fault.leavesTraining) return false;
  return ownFaults(position).some(({ by }) => by !== fault.id && faultOf(by)?.leavesTraining !== true);
}
