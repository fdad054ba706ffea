// What an address names beside a recipe, fetched before the page is drawn: a lesson, the run of a day, a table of one's own.
import { loadLinkedCall, type CalledFor } from './calling.svelte.ts';
import type { OwnStart } from './ownStart.ts';
import { loadLinkedLesson, type Taught } from './teaching.svelte.ts';

/** Each undefined where the address names none, or where it could not be had. */
export interface Linked {
  readonly taught?: Taught | undefined;
  readonly called?: CalledFor | undefined;
  readonly own?: OwnStart | undefined;
  /** Why a table could not even be looked for: the page comes up all the same, and says so. */
  readonly trouble?: string | undefined;
}

/** Only a link to a table of one's own waits for the machine's storage. */
async function linkedTable(search: string): Promise<OwnStart | undefined> {
  if (new URLSearchParams(search).get('data') !== 'own') return undefined;
  const { ownStart } = await import('./ownStart.ts');
  return ownStart(search);
}

function notLookedFor(error: unknown): string {
  const why = error instanceof Error ? error.message : String(error);
  return `What is kept on this machine could not be looked through: ${why}. Bring the table under “Own data”.`;
}

export async function loadLinked(search: string): Promise<Linked> {
  const [taught, called, own] = await Promise.all([
    loadLinkedLesson(search),
    loadLinkedCall(search),
    linkedTable(search).catch((error: unknown) => ({ trouble: notLookedFor(error) })),
  ]);
  return own && 'trouble' in own ? { taught, called, ...own } : { taught, called, own };
}
