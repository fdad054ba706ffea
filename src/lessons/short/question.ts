// What a short lesson asks before anything happens: the signal that will show it, among others that it could have been.
import { hash, streams } from '../../core/random.ts';
import { detectors, type DetectorId } from '../../detectors/index.ts';
import type { Detector } from '../../detectors/detector.ts';
import { scenarios } from '../../scenarios/index.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import { signals, type SignalId } from '../../signals/index.ts';

interface Choice {
  readonly id: string;
  readonly text: string;
}

/** Signals beside the right one: with “nothing” a question has four answers at most, all on one card. */
const others = 2;
const nothing = 'nothing';

/** The signal that a detector reads first, by which it is asked about. */
function mainSignal(detector: DetectorId): SignalId {
  const found: Detector | undefined = detectors.find(({ id }) => id === detector);
  const [first] = found?.signals ?? [];
  if (first === undefined) throw new Error(`detector “${detector}”: it reads no signal`);
  return first;
}

/** Where the lesson is about signals that are not emitted, the first of them; otherwise what its detector reads first. */
function askedSignal({ recipe }: Scenario, detector: DetectorId): SignalId {
  const hidden = recipe.timeline.flatMap(({ change }) =>
    change.kind === 'set' ? (change.settings.unemitted ?? []) : [],
  );
  return signals.find(({ id }) => id === hidden[0])?.id ?? mainSignal(detector);
}

/** Signals of detectors that say nothing here, and that the network has: plausible, and wrong. */
function distractors({ id, recipe, expected, may = [] }: Scenario, asked: SignalId): readonly SignalId[] {
  const speaking: readonly DetectorId[] = [...expected, ...may];
  const telling = (detectors as readonly Detector[])
    .filter((detector) => (speaking as readonly string[]).includes(detector.id))
    .flatMap((detector) => detector.signals);
  const quiet = detectors
    .filter((detector) => !speaking.includes(detector.id))
    .map((one) => mainSignal(one.id));
  const seed = scenarios.findIndex((one) => one.id === id);
  const order = (signal: SignalId) =>
    hash(
      seed,
      streams.teaching,
      signals.findIndex((one) => one.id === signal),
    );
  return [...new Set(quiet)]
    .filter((signal) => signal !== asked && !telling.includes(signal))
    .filter((signal) => signals.find((one) => one.id === signal)?.applies(recipe) === true)
    .sort((a, b) => order(a) - order(b))
    .slice(0, others);
}

/** In the order of the list of signals, so that the place of the right one tells nothing; “nothing” comes last. */
export function choicesOf(scenario: Scenario, detector: DetectorId, none: string): readonly Choice[] {
  const asked = askedSignal(scenario, detector);
  const chosen = [asked, ...distractors(scenario, asked)];
  const inOrder = signals.filter(({ id }) => chosen.includes(id)).map(({ id }) => ({ id, text: id }));
  return [...inOrder, { id: nothing, text: none }];
}
