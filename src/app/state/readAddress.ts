// Everything that an address says, and what is wrong with it: read once, when the page is opened.
import { readLink, type ReadLink } from '../../scenarios/link.ts';
import { inLinkWords } from '../../scenarios/linkWords.ts';
import {
  besideCall,
  conditionProblems,
  readCall,
  readConditions,
  readLesson,
  type Conditions,
  type ReadLesson,
} from './address.ts';
import { readShown, type Shown } from './shown.ts';

export interface ReadAddress extends ReadLink, Conditions {
  readonly lesson: ReadLesson;
  /** Keys that the call which it asks for does not heed; undefined = it asks for none. */
  readonly besideCall: readonly string[] | undefined;
  readonly shown: Shown;
}

/** Never throws. */
export function readAddress(search: string): ReadAddress {
  const link = readLink(search);
  const lesson = readLesson(search);
  const { shown, problems: misread } = readShown(search);
  return {
    ...link,
    ...readConditions(search),
    lesson,
    besideCall: readCall(search) === undefined ? undefined : besideCall(search),
    shown,
    problems: [
      ...inLinkWords(link.problems, search),
      ...lesson.problems,
      ...conditionProblems(search),
      ...misread,
    ],
  };
}
