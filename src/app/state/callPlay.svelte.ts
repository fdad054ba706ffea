// A call under way: a run that nobody labels, until somebody stops it and names what is wrong, or it is over.
import { callOf, callSteps, type Call } from '../../lessons/call/callOf.ts';
import { nothingWrong } from '../../lessons/call/wrongs.ts';
import { isRight, verdict, type Called, type Heard } from './callWords.ts';
import { keepCall, readCalls, streakOf } from './callProgress.ts';
import type { Playground } from './playground.svelte.ts';
import type { Run } from './run.svelte.ts';

export class CallPlay {
  readonly call: Call;
  readonly run: Run;
  /** Where it was stopped, until it is named. */
  #stoppedAt: number | undefined = $state();
  called: Called | undefined = $state.raw();

  readonly phase: 'running' | 'naming' | 'over' = $derived.by(() =>
    this.called ? 'over' : this.#stoppedAt === undefined ? 'running' : 'naming',
  );
  /** The lights are out while nobody has called it. */
  readonly isCovered: boolean = $derived(this.called === undefined);
  readonly heard: Heard = $derived.by(() => {
    const { alerts, gaps, lastStep } = this.run;
    const fired = [...alerts, ...gaps]
      .map(({ finding }) => finding)
      .filter((one) => one.severity === 'firing');
    return { finding: fired.sort((a, b) => a.at - b.at)[0], isOver: lastStep + 1 >= callSteps };
  });
  readonly left: number = $derived.by(() => Math.max(0, callSteps - 1 - this.run.lastStep));
  readonly line = $derived.by(() => {
    if (this.called) return { happened: verdict(this.call, this.called), next: '' };
    if (this.phase === 'naming')
      return {
        happened: `Stopped at step ${this.#stoppedAt?.toLocaleString('en-US') ?? ''}.`,
        next: 'What is wrong?',
      };
    return {
      happened: 'Something may be wrong with this run, or nothing.',
      next: 'Stop it when you see it.',
    };
  });

  /** The run looked at is the one of the day. */
  constructor(day: string, playground: Playground) {
    this.call = callOf(day);
    playground.scenario = {
      id: 'call',
      title: `Call it, ${day}`,
      group: 'Call it',
      story: 'A run that nobody labelled.',
      cause: this.call.told,
      signal: 'See the charts.',
      recipe: this.call.recipe,
      steps: callSteps,
      expected: [],
      remedies: [],
    };
    playground.begin(this.call.recipe);
    this.run = playground.looked;
    this.run.halt(callSteps);
  }

  get streak(): number {
    return streakOf(readCalls(), this.call.day);
  }

  stop(): void {
    if (this.phase !== 'running' || this.run.lastStep < 0) return;
    this.#stoppedAt = this.run.lastStep;
    this.run.pause(true);
  }

  /** Back to the run, where somebody saw ghosts. */
  goOn(): void {
    if (this.phase !== 'naming') return;
    this.#stoppedAt = undefined;
    this.run.pause(false);
  }

  name(answer: string): void {
    if (this.phase === 'naming') this.#end({ answer, at: this.#stoppedAt });
  }

  /** Rows have arrived: who lets it run to its end has said that nothing is wrong. */
  hear(run: Run): void {
    if (run === this.run && this.phase === 'running' && this.heard.isOver)
      this.#end({ answer: nothingWrong, at: undefined });
  }

  /** The rest is trained at once: what the detectors say to it is half of the result. */
  #end(called: Called): void {
    this.called = called;
    keepCall(this.call.day, isRight(this.call, called));
    if (this.heard.isOver) return;
    this.run.pace('max', 'nothing');
    this.run.pause(false);
  }
}
