// Input shift: what users send moves away from the validation set, at once or step by step.
import type { Draw } from '../draw.ts';
import { net, type NetWishes } from '../nets.ts';
import { undrifted, type Production } from '../../../core/stateFaults.ts';
import type { Trial } from '../trial.ts';
import { truthOfTimeline } from '../truth.ts';
import { fault, withTimeline, type Kind, type Subject } from './subject.ts';

const after = 500;

function drifted(draw: Draw, change: Partial<Production>, wishes: NetWishes = {}): Omit<Trial, 'label'> {
  const at = draw.whole(100, 500);
  const drift = { kind: 'drift', ...undrifted, ...change, steps: draw.pick([1, 1, 100]) } as const;
  return { recipe: withTimeline(net(draw, wishes), fault(at, 'drift', drift)), at, steps: at + after };
}

function shifted(sigma: number) {
  return (draw: Draw) => drifted(draw, { shift: draw.chance(0.5) ? sigma : -sigma });
}

/** Turned about the centre, moons and blobs lie elsewhere; a ring does not, and of XOR no single feature tells. */
function turned(draw: Draw): Omit<Trial, 'label'> {
  return drifted(draw, { rotate: draw.whole(60, 120) }, { data: 'moons' });
}

const kinds: readonly Kind[] = [
  { label: 'shift 0.25 σ', weight: 2, make: shifted(0.25) },
  { label: 'shift 0.5 σ', weight: 8, make: shifted(0.5) },
  { label: 'shift 1 σ', weight: 3, make: shifted(1) },
  { label: 'scale ×1.5', weight: 2, make: (draw) => drifted(draw, { scale: 1.5 }) },
  { label: 'noise 1 σ', weight: 2, make: (draw) => drifted(draw, { noise: 1 }) },
  { label: 'moons turned by 60 to 120°', weight: 1, make: turned },
];

export const inputShift = {
  id: 'input-shift',
  trials: 180,
  kinds,
  concerns: (change) => change.kind === 'drift',
  /** The production distribution was changed: known without a look. */
  truth: (trial) => truthOfTimeline(trial, 'effective'),
  judgesControls: false,
} as const satisfies Subject;
