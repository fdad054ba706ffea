// The short lesson of a scenario, made from what the scenario declares: half a minute, four dots, one tap.
import { detectorOf, detectors } from '../../detectors/index.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import type { LessonBody, RunFacts } from '../lesson.ts';
import { brokenBeats, wreckOf } from './broken.ts';
import { healthyBeats } from './healthy.ts';
import { shortLessonId } from './shortLessonId.ts';

/** The run must be as the scenario says, or the words about it would be wrong. */
function expectationsOf({ expected, may = [] }: Scenario): LessonBody['expect'] {
  const allowed: readonly string[] = [...expected, ...may];
  return [
    ...expected.map((detector) => ({
      words: `${detectorOf(detector).title} fires`,
      holds: ({ fired }: RunFacts) => fired(detector) !== undefined,
    })),
    {
      words: 'no other detector fires',
      holds: ({ fired }: RunFacts) =>
        detectors.every(({ id }) => allowed.includes(id) || fired(id) === undefined),
    },
  ];
}

export function shortLesson(scenario: Scenario): LessonBody {
  const wreck = wreckOf(scenario);
  return {
    id: shortLessonId(scenario),
    scenario: scenario.id,
    recipe: scenario.recipe,
    steps: scenario.steps,
    expect: expectationsOf(scenario),
    takeHome: { text: 'The alert rules', drawer: 'rules' },
    beats: wreck ? brokenBeats(wreck) : healthyBeats(scenario),
  };
}
