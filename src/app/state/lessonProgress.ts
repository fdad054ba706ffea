// What was predicted in each lesson that was finished, kept on this machine; where nothing can be kept, nothing is.
const key = 'trainwreck.lessons';

export type Answers = Readonly<Record<string, string>>;
type Progress = Readonly<Record<string, Answers>>;

function isAnswers(value: unknown): value is Answers {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((choice) => typeof choice === 'string')
  );
}

/** By lesson. Whatever stands there: nothing that it holds can do harm. */
export function readProgress(): Progress {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return {};
    return Object.fromEntries(Object.entries(stored).filter(([, answers]) => isAnswers(answers)));
  } catch {
    // Not allowed, or damaged: as if no lesson had been finished.
    return {};
  }
}

export function keepProgress(lesson: string, answers: Answers): void {
  try {
    localStorage.setItem(key, JSON.stringify({ ...readProgress(), [lesson]: answers }));
  } catch {
    // Full, or not allowed: the lesson is finished all the same.
  }
}
