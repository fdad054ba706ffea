// The order of test files: the longest ones on the built page first, so that no worker is left alone with one at the end.
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** In order of their duration. Vitest goes by size where it has no durations of an earlier run, as in a fresh clone. */
const longest = ['states', 'loop', 'shortLessonWalk', 'lessonWalk', 'offline'].map(
  (name) => `/${name}.e2e.test.ts`,
);

function place({ moduleId }: TestSpecification): number {
  const found = longest.findIndex((name) => moduleId.endsWith(name));
  return found < 0 ? longest.length : found;
}

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    // Groups run one after another, whatever the order here; within one, the sort is stable.
    return usual.toSorted((a, b) => place(a) - place(b));
  }
}
