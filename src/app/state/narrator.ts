// The narrator: one line, first what happened, then what to do.
import { describeProblem } from '../../core/recipe.ts';
import { counted, decimal, percent, whole } from '../../core/wording.ts';
import { datasetPart } from '../../data/index.ts';
import { faultOf } from '../../faults/index.ts';
import type { Facts } from './facts.ts';
import { darkness, further, shipped, type Line } from './narrateAlert.ts';
import { capital, stepsText } from './wording.ts';

/** A fall of this much in accuracy is a harm. */
const harm = 0.05;
/** From this factor on, a rise of the loss is worth saying. */
const visible = 1.5;

function percentOr(share: number | undefined): string {
  return share === undefined ? '–' : percent(share);
}

function unusable(facts: Facts): Line | undefined {
  const { status, problems } = facts;
  if (status.kind === 'failed') return { happened: status.text, next: 'Press Reset to start again.' };
  const [problem] = problems;
  if (problem) return { happened: describeProblem(problem), next: 'The link was opened without it.' };
  if (status.kind !== 'loading') return undefined;
  const { what, loaded, total } = status;
  const progress = total > 0 ? ` ${percent(loaded / total)}` : '';
  return { happened: `Loading ${what}.${progress}`, next: '' };
}

function waiting({ waiting, step }: Facts): Line | undefined {
  if (!waiting) return undefined;
  const title = faultOf(waiting.by)?.title ?? 'The fault';
  return {
    happened: `${title}: as soon as it has learned.`,
    next: `Fast-forward to about step ${whole(Math.max(step, waiting.untilAbout))}.`,
  };
}

function spike({ alert, faults, peak }: Facts): Line | undefined {
  if (alert?.finding.detector !== 'loss-spike' || !peak) return undefined;
  const gradient = `${decimal(peak.gradient)}×`;
  const loss = peak.loss >= visible ? `, the loss ${decimal(peak.loss)}× what it was` : '';
  const next = faults.length === 1 ? 'Try a remedy, or press again.' : 'Try a remedy.';
  if (alert.resolvedAt !== undefined) {
    const took = counted(alert.resolvedAt - alert.raisedAt, 'step');
    return {
      happened: `A spike of ${took}: gradient_norm ${gradient} its average${loss}.`,
      next: faults.length > 0 ? 'Its cause is still in force: try a remedy.' : '',
    };
  }
  if (alert.finding.severity === 'warning') {
    return {
      happened: `gradient_norm is ${gradient} its average${loss}.`,
      next: loss ? next : 'Nothing is broken yet.',
    };
  }
  return {
    happened: `gradient_norm jumped to ${gradient} its average${loss}.`,
    next,
  };
}

/** Whether dead neurons did harm is known only against the accuracy from before. */
function deadOutlook({ now, beforeFault, right }: Facts['accuracy']): string {
  if (beforeFault === undefined)
    return `${capital(right)} on validation: ${percentOr(now)}. No gradient reaches them.`;
  return beforeFault - (now ?? 0) >= harm
    ? `${capital(right)} on validation: ${percentOr(now)}. More training will not help: no gradient reaches them.`
    : `Still ${percentOr(now)} ${right}: an alert is not a harm. But no gradient reaches them.`;
}

function dead({ alert, alertValue, hidden, accuracy }: Facts): Line | undefined {
  if (alert?.finding.detector !== 'dead-neurons') return undefined;
  const { layer, evidence } = alert.finding;
  const units = hidden[layer - 1] ?? 0;
  if (alert.resolvedAt !== undefined) {
    return { happened: `Layer ${layer} came back to life at step ${whole(alert.resolvedAt)}.`, next: '' };
  }
  const count = Math.round((alertValue ?? evidence[0].value) * units);
  const happened = `${count} of ${units} neurons in layer ${layer} are dead.`;
  return { happened, next: deadOutlook(accuracy) };
}

function overfit({ alert, alertValue, accuracy }: Facts): Line | undefined {
  if (alert?.finding.detector !== 'overfit') return undefined;
  if (alert.resolvedAt !== undefined) {
    return {
      happened: `Validation loss is near training loss again since step ${whole(alert.resolvedAt)}.`,
      next: '',
    };
  }
  const ratio = decimal(alertValue ?? alert.finding.evidence[0].value);
  return {
    happened: `Validation loss is ${ratio}× training loss.`,
    next: `${capital(accuracy.right)} on training ${percentOr(accuracy.training)}, on validation ${percentOr(accuracy.now)}: it learns its examples by heart.`,
  };
}

function nonfinite({ alert, lossIsNaN }: Facts): Line | undefined {
  if (alert?.finding.detector !== 'nonfinite') return undefined;
  return {
    happened: lossIsNaN
      ? 'The loss is NaN: a number overflowed, and every number computed from it is NaN too.'
      : 'A number overflowed: there are infinite or NaN values in the network.',
    next: `Rewind to step ${whole(alert.healthyCheckpoint)}.`,
  };
}

function alerted(facts: Facts): Line | undefined {
  return nonfinite(facts) ?? spike(facts) ?? dead(facts) ?? overfit(facts) ?? further(facts);
}

function held({ held, accuracy }: Facts): Line | undefined {
  if (!held) return undefined;
  const { verdict, run, alert } = held;
  const lowest = percentOr(run.lowest);
  const isAgain = alert !== undefined && alert.finding.detector === run.detector;
  switch (verdict) {
    case 'watching':
      return run.lastStep < run.faultAt
        ? {
            happened: 'The remedy is in, the same fault comes again.',
            next: `It comes at step ${whole(run.faultAt)}.`,
          }
        : {
            happened: 'The same fault has come again.',
            next: `${capital(accuracy.right)} on validation so far: at least ${lowest}.`,
          };
    case 'held':
      return {
        happened: `It held: ${accuracy.right} on validation never fell below ${lowest}.`,
        next: 'Break something else.',
      };
    case 'dipped':
      return {
        happened: `It bent: ${lowest} ${accuracy.right} at the worst, ${percentOr(accuracy.now)} now.`,
        next: 'It healed by itself: no dead end this time.',
      };
    case 'failed':
      return {
        happened: isAgain
          ? `It did not hold: the alert came at step ${whole(alert.raisedAt)} again.`
          : `It did not hold: ${accuracy.right} on validation fell to ${lowest}.`,
        next: 'This remedy cures; it does not prevent.',
      };
  }
}

function repaired({ receipt, accuracy, remedy, runName }: Facts): Line | undefined {
  if (!remedy) return undefined;
  if (!receipt?.compared) {
    const next = `${percentOr(accuracy.now)} ${accuracy.right}. It is being compared with the run without the fault.`;
    return { happened: `Run ${runName}: ${remedy}.`, next };
  }
  if (receipt.regained === undefined) {
    const lost = ` ${counted(receipt.lost.steps, 'step')} lost so far.`;
    return {
      happened: `Run ${runName}: ${remedy}.`,
      next: `${percentOr(accuracy.now)} ${accuracy.right}. Not yet as good as without the fault.${lost}`,
    };
  }
  const next = receipt.without
    ? `Without the alert you would have lost ${stepsText(receipt.without)}.`
    : `The broken run goes on alone: step ${whole(receipt.watchedTo)} of ${whole(receipt.horizon)}.`;
  return {
    happened: `Repaired: ${accuracy.isEmitted ? `${percentOr(accuracy.now)} again, ` : ''}${stepsText(receipt.lost)} steps lost.`,
    next,
  };
}

/** A fault that no detector has noticed for so long may well do no harm. */
const quietSteps = 300;

function quiet(gap: Facts['gap']): string {
  const dark = gap?.finding.evidence.filter(({ signal }) => signal !== 'evaluated_at').length ?? 0;
  if (dark === 0) return `No detector has fired in the ${quietSteps} steps since.`;
  return `Every signal is quiet, and ${dark === 1 ? 'one is' : `${dark} are`} dark. Would you ship this?`;
}

/** A gap that came to light after the last press. */
function dark({ gap, faults }: Facts): Line | undefined {
  return gap && gap.raisedAt >= (faults.at(-1)?.at ?? 0) ? darkness(gap) : undefined;
}

function pressed({ faults, chapter, staged, step, gap }: Facts): Line | undefined {
  const last = faults.at(-1);
  if (chapter !== 'broken' || !last) return undefined;
  const told = faultOf(last.by)?.told(last.change) ?? last.by;
  const who = staged.includes(last) ? 'The scenario' : 'You';
  return {
    happened: `${who} ${told} at step ${whole(last.at)}.`,
    next: step - last.at < quietSteps ? 'Watch the signals.' : quiet(gap),
  };
}

function stopped({ status, step }: Facts): Line | undefined {
  if (status.kind !== 'paused' || status.reason !== 'limit') return undefined;
  return {
    happened: `Stopped at step ${whole(step + 1)}.`,
    next: 'Press Play to go on, or Reset.',
  };
}

/** Who has only training accuracy says so. */
function rightNow({ now, training, isEmitted, right }: Facts['accuracy']): string {
  return isEmitted
    ? `${percentOr(now)} ${right}`
    : `${percentOr(training)} ${right} on its training examples`;
}

function healthy({ learned, accuracy, data, staged, step }: Facts): Line {
  const isStaged = staged.length > 0;
  const isToCome = staged.some(({ at }) => at > step);
  const quiet = 'Every signal is quiet. Would you ship this?';
  if (learned) {
    const next = isToCome ? 'Something is about to happen.' : isStaged ? quiet : 'Now break it.';
    return { happened: `It has learned: ${rightNow(accuracy)}.`, next };
  }
  const isKnown = (accuracy.isEmitted ? accuracy.now : accuracy.training) !== undefined;
  return {
    happened: `A network is learning ${datasetPart(data).task}.`,
    next: isKnown ? `${rightNow(accuracy)} so far.` : '',
  };
}

/** The line for a situation: the most telling thing first. */
export function narrate(facts: Facts): Line {
  return (
    unusable(facts) ??
    waiting(facts) ??
    shipped(facts) ??
    held(facts) ??
    alerted(facts) ??
    repaired(facts) ??
    stopped(facts) ??
    dark(facts) ??
    pressed(facts) ??
    healthy(facts)
  );
}
