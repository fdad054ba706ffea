// The table that a person is bringing: read in a thread of its own, corrected column by column, and kept.
import { mostClasses } from '../../data/csv/classes.ts';
import type { FromTable, ToTable } from '../../data/csv/messages.ts';
import type { OwnTable } from '../../data/csv/ownTable.ts';
import { readPlan, type MissingWay, type OwnPlan } from '../../data/csv/plan.ts';
import type { Reading, Role, Survey } from '../../data/csv/survey.ts';
import { describeTableProblem, sizeProblem } from '../../data/csv/problem.ts';
import { forgetSource, keepTable, keptSources, type KeptSource } from './machineStore.ts';
import { ownStory } from './ownStart.ts';
import { tableThread } from './ownThreads.ts';
import type { Playground } from './playground.svelte.ts';

export class OwnData {
  stage: 'empty' | 'reading' | 'read' = $state('empty');
  /** Percent of the text. */
  progress = $state(0);
  /** Why it could not be read. */
  trouble = $state('');
  title = $state('');
  survey: Survey | undefined = $state.raw();
  plan: OwnPlan | undefined = $state.raw();
  table: OwnTable | undefined = $state.raw();
  problems: readonly string[] = $state.raw([]);
  notes: readonly string[] = $state.raw([]);
  kept: readonly KeptSource[] = $state.raw([]);
  readonly #playground: Playground;
  #worker: Worker | undefined;
  #source: Blob = new Blob();
  #wanted: OwnPlan | undefined;
  /** Messages that the thread has not answered yet: the last counts. */
  #unanswered = 0;

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  /** What a link waits for. */
  get awaited(): OwnPlan | undefined {
    const { awaited } = this.#playground;
    return awaited && readPlan(awaited.own);
  }

  /** Looks what is on this machine: a link may wait for it. */
  async begin(): Promise<void> {
    this.kept = await keptSources();
    const awaited = this.awaited;
    const known = awaited && this.kept.find(({ fingerprint }) => fingerprint === awaited.fingerprint);
    if (known) this.open(known, awaited);
  }

  file(file: File): void {
    this.#read(file, file.name, this.awaited);
  }

  text(text: string): void {
    this.#read(new Blob([text]), 'pasted rows', this.awaited);
  }

  /** A table from this machine, as it was trained on last or as a link wants it. */
  open({ source, title, plan }: KeptSource, wanted: OwnPlan | undefined = readPlan(plan)): void {
    this.#read(source, title, wanted);
  }

  async forget({ fingerprint }: KeptSource): Promise<void> {
    await forgetSource(fingerprint);
    this.kept = await keptSources();
  }

  cancel(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#unanswered = 0;
    this.stage = 'empty';
  }

  role(column: number, role: Role): void {
    const plan = this.plan;
    if (!plan) return;
    const roles = plan.roles.map((old, index) => {
      if (index === column) return role;
      // There is one target.
      return role === 't' && old === 't' ? this.#inputRole(index) : old;
    });
    // How a target is learned was chosen for that one.
    const isSame = roles.indexOf('t') === plan.roles.indexOf('t');
    this.#change({ ...plan, roles, ...(!isSame && { bins: 0, regression: this.#isMany(roles) }) });
  }

  missing(missing: MissingWay): void {
    if (this.plan) this.#change({ ...this.plan, missing });
  }

  textIsMissing(textIsMissing: boolean): void {
    if (this.plan) this.#change({ ...this.plan, textIsMissing });
  }

  /** A target of numbers: learned as it is, each value a class (0), or cut into so many. */
  target(as: 'number' | number): void {
    if (!this.plan) return;
    const regression = as === 'number';
    this.#change({ ...this.plan, regression, bins: regression ? 0 : as });
  }

  /** The same cells with another first row or decimal mark: columns are guessed anew. */
  reading(reading: Reading): void {
    this.#wanted = undefined;
    const { header, decimalComma } = this.survey ?? {};
    this.#send({ kind: 'survey', reading: { header, decimalComma, ...reading } });
  }

  delimiter(delimiter: string): void {
    this.#wanted = undefined;
    this.#send({ kind: 'read', source: this.#source, delimiter, reading: {} });
    this.#delimiter = delimiter;
  }

  /** Starts a run on it, or the one that a link waits for, and keeps the table. */
  async train(): Promise<void> {
    const { table, survey } = this;
    if (!table || !survey) return;
    const { awaited } = this.#playground;
    this.#playground.openOwn(ownStory(table), awaited?.own === table.plan ? awaited : undefined);
    // What now trains stands where the drawer was.
    this.#playground.view.drawer = undefined;
    const kept: KeptSource = {
      title: table.title,
      fingerprint: survey.fingerprint,
      source: this.#source,
      plan: table.plan,
      rows: table.rows,
    };
    const trouble = await keepTable(table, kept);
    if (trouble) this.#playground.notices.add(trouble);
    this.kept = await keptSources();
  }

  #delimiter = '';

  #read(source: Blob, title: string, wanted: OwnPlan | undefined): void {
    this.cancel();
    [this.title, this.trouble, this.progress] = [title, '', 0];
    [this.problems, this.notes] = [[], []];
    const tooLarge = sizeProblem(source.size);
    if (tooLarge) {
      this.trouble = describeTableProblem(tooLarge);
      return;
    }
    this.stage = 'reading';
    this.#source = source;
    this.#wanted = wanted;
    this.#delimiter = wanted?.delimiter ?? '';
    const delimiter = this.#delimiter === '' ? undefined : this.#delimiter;
    const reading = wanted ? { header: wanted.header, decimalComma: wanted.decimalComma } : {};
    this.#worker = tableThread();
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromTable>) => this.#hear(data));
    this.#worker.addEventListener('error', ({ message }) => this.#fail(`It could not be read: ${message}.`));
    this.#send({ kind: 'read', source, delimiter, reading });
  }

  /** What was made of the table before is out of date: nobody is to train on it. */
  #send(message: ToTable): void {
    this.table = undefined;
    this.#unanswered++;
    this.#worker?.postMessage(message);
  }

  #fail(text: string): void {
    this.cancel();
    this.trouble = text;
  }

  #hear(message: FromTable): void {
    if (message.kind === 'progress') {
      this.progress = message.done;
      return;
    }
    this.#unanswered--;
    if (message.kind === 'unreadable') this.#fail(message.text);
    else if (message.kind === 'surveyed') this.#surveyed(message.survey);
    else if (this.#unanswered === 0) {
      [this.table, this.problems, this.notes] = [message.table, message.problems, message.notes];
      const { awaited } = this.#playground;
      if (message.table && awaited?.own === message.table.plan) void this.train();
    }
  }

  #surveyed(survey: Survey): void {
    this.survey = survey;
    this.stage = 'read';
    const wanted = this.#wanted;
    const isWanted = wanted?.fingerprint === survey.fingerprint;
    if (isWanted) {
      this.#change(wanted);
      return;
    }
    const { roles, header, decimalComma, fingerprint, missing } = survey;
    this.#change({
      fingerprint,
      name: this.title,
      rows: 0,
      inputs: 0,
      roles,
      header,
      decimalComma,
      delimiter: this.#delimiter,
      missing,
      textIsMissing: false,
      bins: 0,
      regression: this.#isMany(roles),
    });
  }

  #change(plan: OwnPlan): void {
    this.plan = plan;
    this.#send({ kind: 'encode', plan, title: this.title });
  }

  #inputRole(column: number): Role {
    return this.survey?.columns[column]?.numeric ? 'n' : 'c';
  }

  /** A target of more numbers than there can be classes is learned as a number, until a person says otherwise. */
  #isMany(roles: readonly Role[]): boolean {
    const target = this.survey?.columns[roles.indexOf('t')];
    return target !== undefined && target.numeric && target.distinct > mostClasses;
  }
}
