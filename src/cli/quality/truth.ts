// What truth is: looks at a run and its twin beside each other, never at rows, rules or detectors.
import type { Glass } from './glass.ts';
import type { Trial, Verdict } from './trial.ts';

export interface Truth {
  /** Whether the twin is trained beside the run. */
  readonly needsTwin: boolean;
  /** First step at or after `step` before which it wants to look; Infinity = it has seen enough. */
  nextLook(step: number): number;
  /** Both stand before this step. Without a twin both are the run. */
  look(step: number, run: Glass, twin: Glass): Promise<void>;
  verdict(): Verdict;
}

export type MakeTruth = (trial: Trial) => Truth;

/** Looks at given steps, in order, and judges what it saw of run and twin. */
export function truthFrom<Seen>(
  trial: Trial,
  looks: readonly number[],
  see: (glass: Glass) => Promise<Seen>,
  judge: (run: readonly Seen[], twin: readonly Seen[]) => Verdict['effect'],
): Truth {
  const [ofRun, ofTwin]: [Seen[], Seen[]] = [[], []];
  return {
    needsTwin: true,
    nextLook: (step) => looks.find((at) => at >= step) ?? Infinity,
    look: async (_, run, twin) => {
      const seen = await see(run);
      ofRun.push(seen);
      ofTwin.push(run === twin ? seen : await see(twin));
    },
    verdict: () => ({ effect: judge(ofRun, ofTwin), from: trial.at, early: 0, until: null }),
  };
}

/** Known without a look, by what the timeline holds. */
export function truthOfTimeline(trial: Trial, effect: Verdict['effect']): Truth {
  return {
    needsTwin: false,
    nextLook: () => Infinity,
    look: () => Promise.resolve(),
    verdict: () => ({ effect, from: trial.at, early: 0, until: null }),
  };
}

/** Losses over the training set after the last step; null where they are not finite. */
export interface EndLosses {
  readonly run: number | null;
  readonly twin: number | null;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** What the fault cost in the end: no truth of any detector, but what a person asks first. */
export function compareEnds(trial: Trial): { readonly truth: Truth; losses(): EndLosses } {
  let [ofRun, ofTwin] = [NaN, NaN];
  const truth: Truth = {
    needsTwin: true,
    nextLook: (step) => (step <= trial.steps ? trial.steps : Infinity),
    look: async (_, run, twin) => {
      ofRun = await run.trainLoss();
      ofTwin = await twin.trainLoss();
    },
    verdict: () => ({ effect: 'none', from: 0, early: 0, until: null }),
  };
  return { truth, losses: () => ({ run: finite(ofRun), twin: finite(ofTwin) }) };
}
