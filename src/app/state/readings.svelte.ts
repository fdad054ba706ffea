// What the runs say, at the step looked at or now: the values behind figures, lamps, narrator, receipt and charts.
import { bestCheckpoint } from '../../core/bestCheckpoint.ts';
import type { Finding } from '../../detectors/detector.ts';
import type { Fault } from '../../faults/fault.ts';
import { faults } from '../../faults/index.ts';
import { remediesFor, remedyOf } from '../../remedies/index.ts';
import type { Checkpoints } from '../../remedies/remedy.ts';
import { activeAt, type Alert } from './alerts.ts';
import { causeFaults, openingEntry, ownFaults, reachedFaults, settingsBefore } from './chapter.ts';
import type { DrawnRun } from './charts.ts';
import type { ChartContext } from './chartSpecs.ts';
import { comparedInputs } from './comparedInputs.ts';
import type { Accuracy, Facts } from './facts.ts';
import { accuracyAt, alertValue, lampFigures, peakOf } from './figures.ts';
import { heldOf, watchedSteps, type Held } from './held.ts';
import { lampViews, type LampView } from './lamps.ts';
import { narrate } from './narrator.ts';
import type { Playground } from './playground.svelte.ts';
import { faultContext, needsFreshRun, remedyContext } from './presses.ts';
import { errorWords } from './regression.ts';
import { receiptOf, type Receipt } from './receipt.ts';
import type { Run } from './run.svelte.ts';
import { unemittedOf } from './unemitted.ts';
import { remedyText } from './wording.ts';

/** A fault as its button shows it. */
export interface FaultView {
  readonly fault: Fault;
  /** Why it cannot be pressed, or null. */
  readonly blocked: string | null;
  /** Under its title. */
  readonly under: string;
  /** It needs a run of its own: another fault broke this one. */
  readonly isFresh: boolean;
}

export class Readings {
  readonly #playground: Playground;

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  /** The step that figures and lamps show. */
  readonly at = $derived.by(() => {
    const { looked, view } = this.#playground;
    return view.cursor === null ? looked.lastStep : Math.min(view.cursor, looked.lastStep);
  });

  readonly accuracy: Accuracy = $derived.by(() => accuracyAt(this.#playground.looked, this.at));
  /** Where a number is learned and its loss is known: how far off it is. */
  readonly targetError: string = $derived.by(() => {
    const { ready, history, position } = this.#playground.looked;
    if (!ready?.target || !history || unemittedOf(position)(this.at).includes('validation_loss')) return '';
    const loss = history.latest(history.column('validation_loss'), this.at);
    return loss === undefined ? '' : errorWords(ready.target, loss);
  });

  readonly lamps: readonly LampView[] = $derived.by(() =>
    lampViews({
      ...lampFigures(this.#playground.looked, this.at),
      active: this.active,
      gap: this.gap?.finding,
    }),
  );

  /** The alerts in force at the step looked at. */
  readonly active: readonly Alert[] = $derived.by(() => activeAt(this.#playground.looked.alerts, this.at));

  /** The gap that is open at the step looked at: signals that are not there, named. */
  readonly gap: Alert | undefined = $derived.by(() => activeAt(this.#playground.looked.gaps, this.at)[0]);

  /** The signals that are not emitted at the step looked at. */
  readonly hidden = $derived.by(() => unemittedOf(this.#playground.looked.position)(Math.max(0, this.at)));

  /** The dark lamp whose chart a press has put in. */
  readonly darkLamp: LampView | undefined = $derived.by(() => {
    const { pressedChart } = this.#playground.view;
    return this.lamps.find(({ chart, state }) => state === 'dark' && chart === pressedChart);
  });

  /** The fault buttons: what one more press does, and why one is off. */
  readonly faults: readonly FaultView[] = $derived.by(() => {
    const { looked, alert, asksFirst } = this.#playground;
    return faults.map((fault: Fault) => {
      const context = faultContext(looked.position, fault);
      const isFresh = needsFreshRun(looked.position, fault, alert !== undefined);
      const blocked =
        asksFirst ?? (looked.history ? fault.blocked(context) : 'The network is not there yet.');
      return { fault, blocked, under: blocked ?? fault.describe(context), isFresh };
    });
  });

  /** What the alert's card offers, the best first. */
  readonly remedies = $derived.by(() => this.remediesFor(this.#playground.alert));

  /** What closes the gap that is open. */
  readonly gapRemedies = $derived.by(() => this.remediesFor(this.gap));

  /** Where a remedy for an alert can go back to. */
  checkpointsFor({ healthyCheckpoint }: Alert): Checkpoints {
    const { checkpoints, history } = this.#playground.looked;
    return {
      healthy: healthyCheckpoint,
      best: history && bestCheckpoint(history.evaluations(), checkpoints),
    };
  }

  readonly receipt: Receipt | undefined = $derived.by(() => {
    const { looked, before, twin } = this.#playground;
    const opening = openingEntry(looked.position);
    if (looked.chapter !== 'repaired' || !opening || !before?.history || !looked.history || !twin?.history)
      return undefined;
    // Rows announce themselves by their version; without rows of all three there is nothing to compare.
    if (Math.min(looked.lastStep, before.lastStep, twin.lastStep) < 0) return undefined;
    return receiptOf({
      faultAt: causeFaults(looked.position)[0]?.at ?? opening.at,
      pressedAt: opening.at,
      startedAt: opening.rewindTo ?? opening.at,
      validateEvery: looked.recipe.validateEvery,
      repaired: looked.history.evaluations(),
      broken: before.history.evaluations(),
      twin: twin.history.evaluations(),
    });
  });

  /** Step at which the fault struck that this run, or the one it was forked from, suffers from. */
  readonly faultAt: number | undefined = $derived.by(() => {
    const { position } = this.#playground.looked;
    return (reachedFaults(position)[0] ?? causeFaults(position)[0])?.at;
  });

  /** What the remedy of a repaired run was: “learning rate ÷ 10, from step 384”. */
  readonly remedy = $derived.by(() => {
    const { looked } = this.#playground;
    const opening = openingEntry(looked.position);
    const remedy = opening && remedyOf(opening.by);
    if (!remedy) return undefined;
    const settings = settingsBefore(looked.recipe, opening);
    const title = remedy.title({ recipe: looked.recipe, settings });
    return `${title}, from step ${opening.rewindTo?.toLocaleString('en-US') ?? '?'}`;
  });

  /** The alert that the repaired run answers. */
  readonly answered: Alert | undefined = $derived.by(() => {
    const { looked, before } = this.#playground;
    const opening = openingEntry(looked.position);
    const remedy = opening && remedyOf(opening.by);
    if (!before || !remedy) return undefined;
    const told = [...before.gaps, ...before.alerts];
    const earlier = told.filter(({ raisedAt }) => raisedAt <= opening.at);
    return (
      earlier.findLast(({ finding }) => Object.keys(remedy.answers).includes(finding.detector)) ??
      earlier.at(-1)
    );
  });

  readonly held: Held | undefined = $derived.by(() => {
    const { looked } = this.#playground;
    const [fault] = ownFaults(looked.position);
    const { history } = looked;
    if (looked.chapter !== 'replayed' || !fault || !history) return undefined;
    const accuracy = history.evaluated('validation_accuracy');
    const lastStep = looked.lastStep;
    const end = Math.min(lastStep, fault.at + watchedSteps);
    return heldOf({
      faultAt: fault.at,
      lastStep,
      before: history.latest(accuracy, fault.at - 1),
      lowest: history.lowest(accuracy, fault.at, end),
      now: history.latest(accuracy, end),
      alerts: looked.ownAlerts.filter(({ raisedAt }) => raisedAt >= fault.at),
      detector: this.answered?.finding.detector,
    });
  });

  readonly facts: Facts = $derived.by(() => {
    const { looked, alert, problems } = this.#playground;
    const { position, chapter, recipe, lastStep } = looked;
    const loss = looked.history?.latest(looked.history.column('loss'), lastStep);
    return {
      status: looked.status,
      problems,
      chapter,
      runName: looked.name,
      step: lastStep,
      data: recipe.data,
      hidden: recipe.hidden,
      learned: looked.history?.learnedAt !== undefined,
      waiting: looked.waiting,
      accuracy: accuracyAt(looked, lastStep),
      faults: chapter === 'repaired' ? causeFaults(position) : reachedFaults(position),
      staged: this.#playground.staged,
      alert,
      gap: this.gap,
      alertValue: alert && alertValue(looked, alert),
      peak: alert && peakOf(looked, alert),
      lossIsNaN: Number.isNaN(loss),
      remedy: chapter === 'repaired' ? this.remedy : undefined,
      receipt: this.receipt,
      held: this.held,
      postMortem: this.#playground.shipping.postMortem,
    };
  });

  /** In a lesson, and while a run is to be called, its own words, as long as the run goes on. */
  readonly line = $derived.by(() => {
    const { lesson, call, looked } = this.#playground;
    const isUsable = looked.failed === undefined && looked.lastStep >= 0;
    const told = lesson ?? call;
    return told && isUsable ? told.line : narrate(this.facts);
  });

  /** The runs that charts and track draw, the one looked at last and on top. */
  readonly drawn: readonly (DrawnRun & { readonly run: Run })[] = $derived.by(() => {
    const { looked, before, twin, view } = this.#playground;
    const parts = [
      { run: twin, part: 'twin' },
      { run: before, part: 'broken' },
      { run: looked, part: 'looked' },
    ] as const;
    return parts.flatMap(({ run, part }) =>
      run?.history && (part !== 'twin' || this.#playground.showsTwin)
        ? [
            {
              run,
              part,
              name: run.name,
              history: run.history,
              unemitted: unemittedOf(run.position),
              reveals: view.unsealed,
            },
          ]
        : [],
    );
  });

  /** The finding whose charts are up: of the alert, of the one that was answered, or of a gap; in a lesson, of what it is about. */
  readonly finding: Finding | undefined = $derived.by(() => {
    const { alert, looked, lesson, shipping, call } = this.#playground;
    if (call?.isCovered) return undefined;
    if (shipping.postMortem?.unseen) return shipping.postMortem.unseen;
    const taught = looked.alerts.find(({ finding }) => finding.detector === lesson?.lesson.detector);
    if (taught) return taught.finding;
    if (alert) return alert.finding;
    const isAnswer = looked.chapter === 'repaired' || looked.chapter === 'replayed';
    return (isAnswer ? this.answered : this.gap)?.finding;
  });

  /** What every chart of the run looked at depends on. */
  readonly chartContext: ChartContext = $derived.by(() => {
    const { looked, thresholds } = this.#playground;
    const { recipe, ready } = looked;
    return {
      recipe: { ...recipe, thresholds },
      inputs: comparedInputs(recipe, ready?.image ?? null),
    };
  });

  remediesFor(alert: Alert | undefined) {
    if (!alert) return [];
    const context = remedyContext(this.#playground.looked.position, alert.finding);
    return remediesFor(alert.finding.detector, context).map((remedy) => ({
      id: remedy.id,
      text: remedyText(remedy, context, this.checkpointsFor(alert)),
      why: remedy.why,
      limits: remedy.limits(context),
    }));
  }
}
