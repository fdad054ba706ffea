// A short lesson on a scenario in which something is wrong: what it is, what shows it, and what its first remedy does.
import { whole } from '../../core/wording.ts';
import { settingsAt, settingsPeriods, type Intervention } from '../../core/timeline.ts';
import { datasetPart } from '../../data/index.ts';
import type { DetectorId } from '../../detectors/index.ts';
import { remedyOf, type RemedyId } from '../../remedies/index.ts';
import type { Remedy, RemedyContext } from '../../remedies/remedy.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import type { Beat, RunFacts, Seen } from '../lesson.ts';
import { measureOf, outcomeOf, type Outcome } from './outcome.ts';
import { paceFor, seconds } from './pacing.ts';
import { choicesOf } from './question.ts';
import { blindness, silence, toldBy } from './told.ts';

/** A remedy is watched for so many steps: digits take milliseconds each. */
const mostRepaired = 200;

/** What is broken, and what repairs it. */
export interface Wreck {
  readonly scenario: Scenario;
  /** The entry that everybody sees happen: the last. */
  readonly last: Intervention;
  /** Undefined where no detector can tell. */
  readonly detector: DetectorId | undefined;
  readonly remedyId: RemedyId;
  readonly remedy: Remedy;
  /** Steps for which the repaired run is watched. */
  readonly further: number;
}

/** Undefined for a scenario in which nothing is wrong. */
export function wreckOf(scenario: Scenario): Wreck | undefined {
  const last = scenario.recipe.timeline.at(-1);
  const [remedyId] = scenario.remedies;
  const remedy = remedyId && remedyOf(remedyId);
  if (!last || !remedyId || !remedy) return undefined;
  const further = Math.min(mostRepaired, scenario.steps / 2);
  return { scenario, last, detector: scenario.expected[0], remedyId, remedy, further };
}

/** What the remedy made better, or not, as far as its run has come. */
export function outcomeIn(
  { scenario, last, detector }: Wreck,
  repaired: RunFacts,
  broken: RunFacts,
): Outcome {
  // A rate that is too high from step 0 on shows hundreds of steps later.
  const onset = (detector && broken.finding(detector)?.onset) ?? last.at;
  return outcomeOf(
    measureOf(detector),
    [broken, { from: onset, to: scenario.steps - 1 }],
    [repaired, { from: repaired.begin, to: repaired.step }],
  );
}

function contextOf({ recipe, steps }: Scenario): RemedyContext {
  return { recipe, settings: settingsAt(settingsPeriods(recipe, 0), steps) };
}

/** On the button: “Rewind, learning rate ÷ 10”. */
function remedyWords({ scenario, remedy }: Wreck): string {
  const title = remedy.title(contextOf(scenario));
  return remedy.starts === 'here' ? title.charAt(0).toUpperCase() + title.slice(1) : `Rewind, ${title}`;
}

function outcomeWords(wreck: Wreck, seen: Seen): string {
  return seen.before ? outcomeIn(wreck, seen, seen.before).happened : 'There is nothing to compare with yet.';
}

/** The run as it stood when the remedy was pressed: what came later, in it or in its fork, is not what was asked about. */
function upTo(run: RunFacts, end: number): RunFacts {
  const finding: RunFacts['finding'] = (detector) => {
    const found = run.finding(detector);
    return found && found.at < end ? found : undefined;
  };
  return { ...run, finding, step: Math.min(run.step, end - 1) };
}

/** What happened, beside a prediction: where what would have shown it is not emitted, what was told after that is not of it. */
const answer = ({ last }: Wreck, run: RunFacts): string =>
  toldBy(run, last.at)?.join(' ') ?? `Nothing. ${silence(run, last.at)}`;

const when = (at: number): string => (at === 0 ? 'from step 0 on' : `at step ${whole(at)}`);

function predictBeats(wreck: Wreck): readonly Beat[] {
  const { scenario, last, detector } = wreck;
  const { title, recipe } = scenario;
  const task = `A network learns ${datasetPart(recipe.data).task}.`;
  const isTold = detector !== undefined;
  const question = isTold ? 'Which signal will show it first?' : 'Which number that you emit will move?';
  return [
    {
      id: 'watch',
      stage: 'predict',
      covers: ['happened'],
      say: () => [task, 'Something is about to happen to it.'],
      // The wall would tell what is about to be emitted, and be empty.
      show: 'charts',
      to: Math.max(1, last.at),
      pace: paceFor(Math.max(60, last.at), seconds.before),
      until: 'there',
    },
    {
      id: 'predict',
      stage: 'predict',
      covers: ['happened'],
      say: () => [`${title}: ${when(last.at)}.`, question],
      text: 'Half a minute, and nothing is scored.',
      asks: [
        {
          id: 'first',
          text: question,
          choices: choicesOf(
            scenario,
            detector ?? 'input-shift',
            isTold ? 'nothing will' : 'none that you emit',
          ),
          happened: (seen) => answer(wreck, upTo(seen.before ?? seen, scenario.steps)),
        },
      ],
      until: 'answered',
    },
  ];
}

function explainBeats(wreck: Wreck): readonly Beat[] {
  const { scenario, last } = wreck;
  const { title, story, cause, signal, steps } = scenario;
  return [
    {
      id: 'break',
      stage: 'break',
      say: (seen) => [toldBy(seen, last.at)?.[0] ?? `${title}.`, story],
      show: 'wall',
      to: steps,
      pace: paceFor(steps - last.at, seconds.after),
      until: 'there',
    },
    {
      id: 'explain',
      stage: 'explain',
      explains: true,
      say: (seen) => [answer(wreck, seen), blindness(scenario, seen) || cause],
      text: `${cause} ${signal}`,
      until: { press: remedyWords(wreck) },
    },
  ];
}

function fixBeats(wreck: Wreck): readonly Beat[] {
  const { scenario, remedy, remedyId, further } = wreck;
  return [
    {
      id: 'fix',
      stage: 'fix',
      press: { remedy: remedyId },
      say: (seen) => [`${remedyWords(wreck)}.`, outcomeWords(wreck, seen)],
      text: remedy.why,
      further,
      pace: paceFor(further, seconds.repaired),
      until: 'there',
    },
    {
      id: 'receipt',
      stage: 'fix',
      say: (seen) => [outcomeWords(wreck, seen), scenario.moral ?? remedy.limits(contextOf(scenario))],
      card: 'receipt',
      until: { press: 'Done' },
    },
  ];
}

export function brokenBeats(wreck: Wreck): readonly Beat[] {
  return [...predictBeats(wreck), ...explainBeats(wreck), ...fixBeats(wreck)];
}
