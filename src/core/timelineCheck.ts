// What is wrong with a timeline that its schema cannot see: order, rewinds, targets that the network lacks, and settings that contradict each other.
import type { RecipeProblem } from './recipe.ts';
import type { Intervention } from './timeline.ts';
import { counted } from './wording.ts';

function orderProblem(
  timeline: readonly Intervention[],
  index: number,
  floor: number,
): RecipeProblem | undefined {
  const entry = timeline[index];
  if (!entry) return undefined;
  if (entry.at < floor) {
    return {
      field: `timeline.${index}.at`,
      value: entry.at,
      reason: `out of order: the run it belongs to is at step ${floor}`,
    };
  }
  if (entry.rewindTo !== undefined && entry.rewindTo > entry.at) {
    return {
      field: `timeline.${index}.rewindTo`,
      value: entry.rewindTo,
      reason: `a rewind goes back, and it was pressed at step ${entry.at}`,
    };
  }
  return undefined;
}

/** Weights change at the start of a run alone. */
function placeProblem({ change, rewindTo }: Intervention, index: number): RecipeProblem | undefined {
  const draws = change.kind === 'reinitialise' || change.kind === 'initialise';
  if (!draws || rewindTo !== undefined) return undefined;
  return {
    field: `timeline.${index}.rewindTo`,
    value: rewindTo,
    reason: `${change.kind} opens a run: it needs the step that the run starts from`,
  };
}

function targetProblem(
  entry: Intervention,
  index: number,
  hidden: readonly number[],
): RecipeProblem | undefined {
  if (entry.change.kind !== 'push-biases') return undefined;
  const width = hidden[entry.change.layer - 1];
  const field = `timeline.${index}.change`;
  if (width === undefined) {
    return {
      field: `${field}.layer`,
      value: entry.change.layer,
      reason: `the network has ${counted(hidden.length, 'hidden layer')}`,
    };
  }
  if (entry.change.units > width) {
    return {
      field: `${field}.units`,
      value: entry.change.units,
      reason: `layer ${entry.change.layer} has ${width} units`,
    };
  }
  return undefined;
}

/** Of what an entry itself says: what it leaves as it was, it does not contradict. */
function settingsProblem({ change }: Intervention, index: number): RecipeProblem | undefined {
  if (change.kind !== 'set') return undefined;
  const { keep = 0, mislabelled = 0 } = change.settings;
  if (keep === 0 || mislabelled <= keep) return undefined;
  return {
    field: `timeline.${index}.change.settings.mislabelled`,
    value: mislabelled,
    reason: 'more than the examples kept',
  };
}

/** Entries below the step that their run has reached, rewinds forwards, targets that the network lacks, and settings that contradict each other. */
export function checkTimeline(timeline: readonly Intervention[], hidden: readonly number[]): RecipeProblem[] {
  let floor = 0;
  return timeline.flatMap((entry, index) => {
    const problems = [
      orderProblem(timeline, index, floor),
      targetProblem(entry, index, hidden),
      placeProblem(entry, index),
      settingsProblem(entry, index),
    ];
    floor = entry.rewindTo ?? entry.at;
    return problems.filter((problem) => problem !== undefined);
  });
}
