// What a beat can put into the lesson's card, by name.
import type { Component, Snippet } from 'svelte';
import type { BeatCard } from '../../lessons/lesson.ts';
import type { LessonPlay } from '../state/lessonPlay.svelte.ts';
import LessonBill from './LessonBill.svelte';
import LessonLevels from './LessonLevels.svelte';
import LessonPostMortem from './LessonPostMortem.svelte';
import LessonRace from './LessonRace.svelte';
import LessonReceipt from './LessonReceipt.svelte';
import LessonSearch from './LessonSearch.svelte';
import LessonShift from './LessonShift.svelte';
import LessonSix from './LessonSix.svelte';
import LessonSquare from './LessonSquare.svelte';
import LessonWindows from './LessonWindows.svelte';

/** What every card is given; `go` is how the beat goes on. */
interface LessonCardProps {
  readonly play: LessonPlay;
  readonly go: Snippet;
}

interface LessonCardPart {
  readonly Content: Component<LessonCardProps>;
  /** Its own buttons stand in a row with the one that goes on. */
  readonly holdsGo?: true;
}

export const lessonCards: Readonly<Record<BeatCard, LessonCardPart>> = {
  bill: { Content: LessonBill, holdsGo: true },
  levels: { Content: LessonLevels },
  'post-mortem': { Content: LessonPostMortem, holdsGo: true },
  race: { Content: LessonRace },
  receipt: { Content: LessonReceipt, holdsGo: true },
  search: { Content: LessonSearch },
  shift: { Content: LessonShift, holdsGo: true },
  six: { Content: LessonSix, holdsGo: true },
  square: { Content: LessonSquare },
  windows: { Content: LessonWindows, holdsGo: true },
};
