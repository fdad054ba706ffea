// Learning-rate schedules: warm-up, cosine and step, as tables of factors that every engine and GPU reads alike.
import type { Settings } from './settings.ts';
import { cosine } from './trigonometry.ts';

type Schedule = Pick<Settings, 'schedule' | 'warmUp' | 'scheduleSteps' | 'scheduleFactor'>;

/** Drops of the step schedule; after them the rate stays. */
const mostDrops = 10;
/** Tables kept: the longest has 220,001 numbers, and a run rarely knows more than a few. */
const mostTables = 16;

interface Table {
  readonly of: Schedule;
  readonly factors: Float32Array<ArrayBuffer>;
}

const tables: Table[] = [];

/** From 1 at `t` = 0 to the factor at `t` = scheduleSteps along half a cosine wave (Loshchilov & Hutter 2017, without restarts). */
function cosineFactors({ scheduleSteps, scheduleFactor }: Schedule): readonly number[] {
  const falling = Array.from({ length: scheduleSteps }, (_, t) => {
    const share = (1 + cosine((Math.PI * t) / scheduleSteps)) / 2;
    return scheduleFactor + (1 - scheduleFactor) * share;
  });
  return [...falling, scheduleFactor];
}

/** scheduleFactor ** floor(t / scheduleSteps), by products: powers are left to the platform, and may differ in the last bit. */
function stepFactors({ scheduleSteps, scheduleFactor }: Schedule): readonly number[] {
  const levels = [1];
  for (let drop = 1; drop <= mostDrops; drop++) levels.push((levels.at(-1) ?? 1) * scheduleFactor);
  return levels.flatMap((level, drop) => Array<number>(drop < mostDrops ? scheduleSteps : 1).fill(level));
}

const courses: Record<Settings['schedule'], (schedule: Schedule) => readonly number[]> = {
  constant: () => [1],
  cosine: cosineFactors,
  step: stepFactors,
};

function makeFactors(schedule: Schedule): Float32Array<ArrayBuffer> {
  const { warmUp } = schedule;
  const rising = Array.from({ length: warmUp }, (_, step) => (step + 1) / warmUp);
  return new Float32Array([...rising, ...courses[schedule.schedule](schedule)]);
}

function sameSchedule(a: Schedule, b: Schedule): boolean {
  return (
    a.schedule === b.schedule &&
    a.warmUp === b.warmUp &&
    a.scheduleSteps === b.scheduleSteps &&
    a.scheduleFactor === b.scheduleFactor
  );
}

/**
 * Factor on the learning rate at each step of the run, from step 0; after the end of the table its last value holds. The warm-up rises to
 * 1 in a straight line, and the schedule proper counts from its end. Equal schedules have the same table, so that asking costs a comparison.
 */
export function rateFactors(settings: Schedule): Float32Array<ArrayBuffer> {
  const found = tables.findLast(({ of }) => sameSchedule(of, settings));
  if (found) return found.factors;
  const { schedule, warmUp, scheduleSteps, scheduleFactor } = settings;
  const factors = makeFactors(settings);
  if (tables.length === mostTables) tables.shift();
  tables.push({ of: { schedule, warmUp, scheduleSteps, scheduleFactor }, factors });
  return factors;
}

/** Learning rate at a step: the product of two f32 values, rounded to f32, so that a GPU has the same bits. */
export function scheduledRate(settings: Schedule & Pick<Settings, 'learningRate'>, step: number): number {
  const factors = rateFactors(settings);
  return Math.fround(Math.fround(settings.learningRate) * (factors[Math.min(step, factors.length - 1)] ?? 1));
}
