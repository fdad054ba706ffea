// The call under way: how a link or the menu opens one. What plays it is loaded when one is opened.
import { readCall } from './address.ts';
import type { CallPlay } from './callPlay.svelte.ts';
import type { Playground } from './playground.svelte.ts';
import type { Run } from './run.svelte.ts';

/** What plays a call, and its day: no page needs it before one is opened. */
export interface CalledFor {
  readonly day: string;
  /** What stood in the link in place of a day. */
  readonly wrong: string | undefined;
  readonly Play: typeof CallPlay;
}

export const callNotLoaded = 'Call it did not load. Check the connection, then choose it from the menu.';

/** @param asked a day; empty = today */
async function loadCall(asked: string): Promise<CalledFor> {
  const [{ CallPlay }, { dayNumber, dayOf }] = await Promise.all([
    import('./callPlay.svelte.ts'),
    import('../../lessons/call/day.ts'),
  ]);
  const isDay = dayNumber(asked) !== undefined;
  return {
    day: isDay ? asked : dayOf(new Date()),
    wrong: isDay || asked === '' ? undefined : asked,
    Play: CallPlay,
  };
}

/** The call that a link asks for; undefined where it asks for none, or where it cannot be had. */
export async function loadLinkedCall(search: string): Promise<CalledFor | undefined> {
  const asked = readCall(search);
  return asked === undefined ? undefined : loadCall(asked).catch(() => undefined);
}

export class Calling {
  #play: CallPlay | undefined = $state.raw();
  #Play: typeof CallPlay | undefined;
  readonly #playground: Playground;

  /** For as long as its run is the one looked at. */
  readonly play: CallPlay | undefined = $derived.by(() =>
    this.#play?.run === this.#playground.looked ? this.#play : undefined,
  );

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  /** Today’s. */
  async open(): Promise<void> {
    try {
      this.begin(await loadCall(''));
    } catch {
      this.#playground.notices.add(callNotLoaded);
    }
  }

  begin({ day, wrong, Play }: CalledFor): void {
    this.#Play = Play;
    this.#playground.leaveLesson();
    this.#begin(Play, day);
    if (wrong !== undefined)
      this.#playground.notices.add(
        `“call” is “${wrong.slice(0, 40)}”: it must be a day such as ${day}. Here is today’s.`,
      );
  }

  /** From its beginning: as long as it was not called. */
  restart(): void {
    const play = this.#play;
    if (play && this.#Play) this.#begin(this.#Play, play.call.day);
  }

  hear(run: Run): void {
    this.play?.hear(run);
  }

  /** The run stays, as any other. */
  leave(): void {
    const left = this.play;
    this.#play = undefined;
    left?.run.halt(null);
    this.#playground.setPace(this.#playground.pace);
  }

  #begin(Play: typeof CallPlay, day: string): void {
    this.#play = new Play(day, this.#playground);
    // No alert slows this run down: that would tell.
    this.#playground.setPace(this.#playground.pace);
  }
}
