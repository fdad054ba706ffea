// The short lessons: what they ask, and how long they take. Their runs are trained with the stories of the scenarios.
import { describe, expect, test } from 'vitest';
import { loadLesson } from '../../src/lessons/index.ts';
import { choicesOf } from '../../src/lessons/short/question.ts';
import { shortLessonId } from '../../src/lessons/short/shortLessonId.ts';
import { scenarios } from '../../src/scenarios/index.ts';
import type { Scenario } from '../../src/scenarios/scenario.ts';

const all: readonly Scenario[] = scenarios;

describe.each(all.filter(({ recipe }) => recipe.timeline.length > 0))('$id', (scenario) => {
  const choices = choicesOf(scenario, scenario.expected[0] ?? 'input-shift', 'nothing will');

  test('asks with four answers, no two alike, of which one is that nothing will', () => {
    expect(choices).toHaveLength(4);
    expect(new Set(choices.map(({ id }) => id)).size).toBe(4);
    expect(choices.at(-1)).toEqual({ id: 'nothing', text: 'nothing will' });
  });

  test('asks the same every time', () => {
    expect(choicesOf(scenario, scenario.expected[0] ?? 'input-shift', 'nothing will')).toEqual(choices);
  });
});

test('a lesson takes half a minute, whatever its run is long', async () => {
  for (const scenario of all) {
    const { beats } = (await loadLesson(shortLessonId(scenario)))!;
    let [step, seconds] = [0, 0];
    for (const { to, further, pace } of beats) {
      const steps = to === undefined ? Number(further ?? 0) : to - step;
      if (steps > 0) seconds += steps / Number(pace);
      step = to ?? step;
    }
    expect(seconds, scenario.id).toBeGreaterThan(10);
    expect(seconds, scenario.id).toBeLessThan(25);
  }
});
