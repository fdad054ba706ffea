// A training log from elsewhere: read and judged in a thread of its own, its columns corrected, kept on this machine.
import { byteSize } from '../../core/wording.ts';
import { signalLayout } from '../../signals/index.ts';
import type { ColumnUse } from '../../wreck/columns.ts';
import type { FromWreck, LogColumns, LogSource, ToWreck } from '../../wreck/messages.ts';
import { alertsOf } from './alerts.ts';
import { History } from './history.svelte.ts';
import { forgetLog, keepLog, keptLog, type KeptLog } from './machineStore.ts';
import { wreckThread } from './ownThreads.ts';
import type { Playground } from './playground.svelte.ts';

type Result = Extract<FromWreck, { kind: 'watched' }>;

const mostBytes = 20_000_000;

export class OwnRun {
  stage: 'empty' | 'reading' | 'read' = $state('empty');
  trouble = $state('');
  sources: readonly LogColumns[] = $state.raw([]);
  uses: readonly (readonly ColumnUse[])[] = $state.raw([]);
  result: Result | undefined = $state.raw();
  history: History | undefined = $state.raw();
  thresholds: Readonly<Record<string, number>> = $state.raw({});
  kept: KeptLog | undefined = $state.raw();
  readonly #playground: Playground;
  #worker: Worker | undefined;
  #texts: readonly LogSource[] = [];
  #wanted: KeptLog['uses'] | undefined;

  readonly alerts = $derived(
    alertsOf((this.result?.watched.events ?? []).map((event) => ({ event, healthyCheckpoint: 0 }))),
  );

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  async begin(): Promise<void> {
    this.kept = await keptLog();
  }

  /** Several files are columns of one run: TensorBoard exports one per signal. */
  files(files: readonly File[]): void {
    const size = files.reduce((sum, file) => sum + file.size, 0);
    if (size > mostBytes) {
      this.trouble = `${files.length > 1 ? 'These files have' : 'The file has'} ${byteSize(size)}; at most ${byteSize(mostBytes)} are read. Keep every tenth row.`;
      return;
    }
    this.#read(files.map((file) => ({ name: file.name, text: file })));
  }

  text(text: string): void {
    this.#read([{ name: 'pasted rows', text }]);
  }

  open({ sources, uses }: KeptLog): void {
    this.#read(sources, uses);
  }

  async forget(): Promise<void> {
    await forgetLog();
    this.kept = undefined;
  }

  /** What a column of a source is, corrected: of two that would be the same, the other is left out. */
  use(source: number, column: number, use: ColumnUse): void {
    this.uses = this.uses.map((columns, at) =>
      columns.map((old, index) => {
        if (at === source && index === column) return use;
        const isSame = use.use !== 'none' && old.use === use.use && old.layer === use.layer;
        // Each source has steps of its own.
        const isStep = use.use === 'step' || use.use === 'epoch';
        return isSame && (!isStep || at === source) ? { use: 'none', layer: 0 } : old;
      }),
    );
    this.#watch();
  }

  threshold(name: string, value: number): void {
    this.thresholds = { ...this.thresholds, [name]: Number(value.toPrecision(3)) };
    this.#watch();
  }

  close(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.stage = 'empty';
    this.result = undefined;
    this.history = undefined;
    this.thresholds = {};
  }

  #read(sources: readonly LogSource[], uses?: KeptLog['uses']): void {
    this.close();
    this.trouble = '';
    this.stage = 'reading';
    [this.#texts, this.#wanted] = [sources, uses];
    this.#worker = wreckThread();
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromWreck>) => this.#hear(data));
    this.#worker.addEventListener('error', ({ message }) => this.#fail(`It could not be read: ${message}.`));
    this.#send({ kind: 'read', sources });
  }

  #send(message: ToWreck): void {
    this.#worker?.postMessage(message);
  }

  #fail(text: string): void {
    this.close();
    this.trouble = text;
  }

  #hear(message: FromWreck): void {
    if (message.kind === 'unreadable') {
      this.#fail(message.text);
      return;
    }
    if (message.kind === 'read') {
      this.sources = message.sources;
      const guessed = message.sources.map(({ columns }) => columns.map(({ use }) => use));
      // What was kept may have been read by an older page, into other columns.
      const fits = this.#wanted?.every((uses, at) => uses.length === guessed[at]?.length);
      this.uses = fits && this.#wanted ? this.#wanted : guessed;
      this.#watch();
      return;
    }
    const { hiddenLayers, byStep } = message.rows;
    const history = new History(signalLayout(hiddenLayers), 1, 2);
    history.append(byStep);
    [this.result, this.history, this.stage] = [message, history, 'read'];
  }

  #watch(): void {
    this.#send({ kind: 'watch', uses: this.uses, thresholds: this.thresholds });
    void keepLog({ sources: this.#texts, uses: this.uses }).then((trouble) => {
      if (trouble) this.#playground.notices.add(trouble);
    });
  }
}
