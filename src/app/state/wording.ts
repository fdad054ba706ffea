// Words that several panels share.
import { whole } from '../../core/wording.ts';
import type { Change } from '../../core/change.ts';
import type { Intervention } from '../../core/timeline.ts';
import { faultOf } from '../../faults/index.ts';
import { remedyOf } from '../../remedies/index.ts';
import { rewindOf, type Checkpoints, type Remedy, type RemedyContext } from '../../remedies/remedy.ts';
import type { Steps } from './receipt.ts';

/** With a capital first letter: a title that opens a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** “18” or “at least 1,598”. */
export function stepsText({ steps, open }: Steps): string {
  return open ? `at least ${whole(steps)}` : whole(steps);
}

/** Every remedy says where it starts: “Rewind to 384, learning rate ÷ 10” or “Add batch norm, from here”. */
export function remedyText(remedy: Remedy, context: RemedyContext, checkpoints: Checkpoints): string {
  const title = remedy.title(context);
  const rewindTo = rewindOf(remedy, checkpoints);
  return rewindTo === undefined ? `${capital(title)}, from here` : `Rewind to ${whole(rewindTo)}, ${title}`;
}

const changeLabels: Readonly<Record<Exclude<Change['kind'], 'set'>, string>> = {
  'scale-rate': 'rate',
  'push-biases': 'biases pushed',
  'corrupt-batch': 'bad batch',
  'skip-batches': 'batches skipped',
  reinitialise: 'units drawn anew',
  initialise: 'weights drawn anew',
  drift: 'users change',
};

/** `learningRate` as “learning rate”. */
export function spaced(field: string): string {
  if (field === 'unemitted') return 'not emitted';
  return field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** A short name for a rule in the charts: “×10”, “Kill ReLUs”, “clip”. */
export function entryLabel(entry: Intervention): string {
  const fault = faultOf(entry.by);
  if (fault) return fault.short;
  if (remedyOf(entry.by)) return entry.by.replaceAll('-', ' ');
  const isSet = entry.change.kind === 'set' && Object.keys(entry.change.settings).length > 0;
  if (entry.rewindTo !== undefined) return isSet ? 'fresh start' : 'rewind';
  if (entry.change.kind !== 'set') return changeLabels[entry.change.kind];
  return Object.keys(entry.change.settings).map(spaced).join(', ');
}

export interface LabelledEntry {
  readonly entry: Intervention;
  readonly label: string;
}

/** Entries with their labels; a rate that is raised again is told in all: “rate ×100”. A new run counts from 1. */
export function labelled(entries: readonly Intervention[]): readonly LabelledEntry[] {
  let raised = 1;
  return entries.map((entry) => {
    if (entry.rewindTo !== undefined) raised = 1;
    if (entry.change.kind !== 'scale-rate' || entry.change.factor <= 1)
      return { entry, label: entryLabel(entry) };
    raised *= entry.change.factor;
    return { entry, label: `rate ×${raised}` };
  });
}
