// How the runs see the playground: what new ones are started with, and who hears of them.
import type { OwnTable } from '../../data/csv/ownTable.ts';
import type { EngineChoice, Pace } from '../../worker/protocol.ts';
import type { Exporting } from './exporting.svelte.ts';
import type { Calling } from './calling.svelte.ts';
import type { Interventions } from './interventions.svelte.ts';
import type { Playground } from './playground.svelte.ts';
import type { Run } from './run.svelte.ts';
import type { RunsOwner } from './runs.svelte.ts';
import type { Teaching } from './teaching.svelte.ts';

/** They stand on the runs, and come after them. */
type Hearers = () => {
  readonly interventions: Interventions;
  readonly teaching: Teaching;
  readonly calling: Calling;
};

export class HeardRuns implements RunsOwner {
  readonly #playground: Playground;
  readonly #hearers: Hearers;

  constructor(playground: Playground, hearers: Hearers) {
    this.#playground = playground;
    this.#hearers = hearers;
  }

  get engine(): EngineChoice {
    return this.#playground.engine;
  }

  get own(): OwnTable | undefined {
    return this.#playground.own;
  }

  get exporting(): Exporting {
    return this.#playground.exporting;
  }

  get nextPace(): Pace {
    return this.#hearers().interventions.past.isReplayed ? 'max' : this.#playground.pace;
  }

  /** A replay up to an undone press does not stop on the way. */
  get atAlert(): 'slow' | 'pause' | 'nothing' {
    return this.#hearers().interventions.past.isSilent ? 'nothing' : this.#playground.atAlert;
  }

  onready(run: Run): void {
    if (this.#playground.view.unsealed) run.unseal();
    this.#hearers().interventions.pressPending(run);
  }

  onrows(run: Run): void {
    const { interventions, teaching, calling } = this.#hearers();
    interventions.catchUp(run);
    teaching.hear(run);
    calling.hear(run);
  }

  onnotice(text: string): void {
    this.#playground.notices.add(text);
  }

  onlook(): void {
    this.#playground.view.forget();
  }
}
