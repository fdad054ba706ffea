// What outlives a visit: where runs stood, and the page without a network.
import { createContext } from 'svelte';
import type { Offline } from './offline.svelte.ts';
import type { Resume } from './resume.svelte.ts';

interface Staying {
  readonly offline: Offline;
  readonly resume: Resume;
}

export const [getStaying, setStaying] = createContext<Staying>();
