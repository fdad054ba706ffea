// The post-mortem of a run that was shipped: what happened at which step, what was told of it, and what would have been.
import type { Recipe } from '../../core/recipe.ts';
import { counted, decimal, percent, whole } from '../../core/wording.ts';
import { waysOf } from '../../detectors/blindness.ts';
import type { DetectorEvent, Finding } from '../../detectors/detector.ts';
import { detectorOf, isAlert } from '../../detectors/index.ts';
import { happenings, type Happening, type Told } from './happenings.ts';
import { rightWords } from './regression.ts';
import type { Unemitted } from './unemitted.ts';
import { capital } from './wording.ts';

export interface Shipped extends Told {
  readonly recipe: Recipe;
  /** Step of the last row. */
  readonly at: number;
  /** What the detectors reported, up to there. */
  readonly received: readonly DetectorEvent[];
  /** What they would have reported with every signal emitted. */
  readonly unhidden: readonly DetectorEvent[];
  readonly unemitted: Unemitted;
  /** Right on training at the end. */
  readonly training: number | undefined;
  /** Right on validation at the last evaluation, emitted or not. */
  readonly validation: number | undefined;
  /** How much was right just before a step: on validation, or on training where that is not known. */
  readonly usual: (step: number) => number | undefined;
  readonly lossIsNaN: boolean;
  /** Right in production, of so many examples; undefined = not worked out yet. */
  readonly production: { readonly right: number; readonly count: number } | undefined;
}

interface PostMortemLine {
  readonly step: number;
  readonly kind: 'change' | 'alert' | 'unseen' | 'shipped';
  readonly text: string;
}

export interface PostMortem {
  readonly at: number;
  /** In one sentence: what it comes to. */
  readonly verdict: string;
  /** Users are served as well as ever; undefined = not known yet. */
  readonly isFine: boolean | undefined;
  /** Step of the first fault that breaks anything. */
  readonly causeAt: number | undefined;
  readonly lines: readonly PostMortemLine[];
  /** “0”, or “2, the first at step 470: Overfitting”. */
  readonly received: string;
  readonly production: Shipped['production'];
  /** What “right” is called. */
  readonly right: string;
  /** How much sooner one would have known with every signal emitted; undefined where every signal was. */
  readonly sooner: string | undefined;
  /** The first alert that nobody could see, where there was one. */
  readonly unseen: Finding | undefined;
}

/** A fall of this much in accuracy is a harm. */
const harm = 0.05;
/** Alerts that are dated, of those received and of those unseen. */
const mostDated = 4;

function keyOf({ detector, layer }: Finding): string {
  return `${detector}.${layer}`;
}

function raised(events: readonly DetectorEvent[]): readonly Finding[] {
  return events.flatMap((event) =>
    event.kind === 'raised' && isAlert(event.finding) ? [event.finding] : [],
  );
}

/** Of each detector and layer what it said first: firing, or where it never fired its warning. */
function firsts(findings: readonly Finding[]): readonly Finding[] {
  const keys = [...new Set(findings.map(keyOf))];
  return keys
    .flatMap((key) => {
      const own = findings.filter((finding) => keyOf(finding) === key);
      return own.find(({ severity }) => severity === 'firing') ?? own[0] ?? [];
    })
    .toSorted((a, b) => a.at - b.at);
}

/** Of what the detectors would have said first with every signal emitted, what they did not say by then. */
export function unseenOf({ received, unhidden }: Pick<Shipped, 'received' | 'unhidden'>): readonly Finding[] {
  const seen = firsts(raised(received));
  return firsts(raised(unhidden)).filter(
    (finding) => !seen.some((known) => keyOf(known) === keyOf(finding) && known.at <= finding.at),
  );
}

/** How often an alert came: a warning that grows into a firing is one. */
function episodes(events: readonly DetectorEvent[]): number {
  const open = new Set<string>();
  let count = 0;
  for (const event of events) {
    const key = event.kind === 'raised' ? keyOf(event.finding) : `${event.detector}.${event.layer}`;
    if (event.kind === 'resolved') open.delete(key);
    else if (isAlert(event.finding) && !open.has(key)) {
      count++;
      open.add(key);
    }
  }
  return count;
}

function titleOf({ detector, layer }: Finding): string {
  const { title } = detectorOf(detector);
  return layer > 0 ? `${title}, layer ${layer}` : title;
}

function alertLine(finding: Finding): PostMortemLine {
  const does = finding.severity === 'firing' ? 'fired' : 'warned';
  const text = `${titleOf(finding)} ${does}. ${detectorOf(finding.detector).observation(finding)}`;
  return { step: finding.at, kind: 'alert', text };
}

/** The signals that a detector reads and that were not emitted when it would have spoken. */
function darkSignals({ detector, at }: Finding, { unemitted }: Shipped): string {
  const read: readonly string[] = waysOf(detectorOf(detector)).flat();
  const hidden = unemitted(at);
  const own = hidden.filter((signal) => read.includes(signal));
  return (own.length > 0 ? own : hidden).join(', ');
}

function unseenLine(finding: Finding, shipped: Shipped): PostMortemLine {
  const does = finding.severity === 'firing' ? 'would have fired' : 'would have warned';
  const dark = darkSignals(finding, shipped);
  const why = dark === '' ? '' : ` (${dark} not emitted)`;
  const text = `${titleOf(finding)} ${does}${why}. ${detectorOf(finding.detector).observation(finding)}`;
  return { step: finding.at, kind: 'unseen', text };
}

function shippedLine({ at, training, validation, unemitted, lossIsNaN }: Shipped): PostMortemLine {
  const hidden = unemitted(at);
  const shown = (name: string, share: number | undefined, signal: string) => {
    if (hidden.includes(signal)) return [`${name} accuracy not emitted`];
    return share === undefined ? [] : [`${name} accuracy ${percent(share)}`];
  };
  const figures = [
    ...(lossIsNaN ? [`loss ${decimal(NaN)}`] : []),
    ...shown('training', training, 'accuracy'),
    ...shown('validation', validation, 'validation_accuracy'),
  ];
  return { step: at, kind: 'shipped', text: ['you shipped', ...figures].join(', ') };
}

/** What is of interest: what came since the first fault, or all of it where there was none. */
function since(findings: readonly Finding[], cause: Happening | undefined): readonly Finding[] {
  return findings.filter(({ at }) => cause === undefined || at >= cause.step);
}

/** What users could count on: as much as was right before the first fault. */
function usualOf({ validation, usual }: Shipped, cause: Happening | undefined): number {
  return (cause ? usual(cause.step - 1) : validation) ?? validation ?? 0;
}

/** Undefined while production is being judged. */
function isFineFor(shipped: Shipped, cause: Happening | undefined): boolean | undefined {
  const { production } = shipped;
  return production && production.right >= usualOf(shipped, cause) - harm;
}

/** Why users are not served as well as they might be, and nobody did anything. */
function blame(
  shipped: Shipped,
  cause: Happening | undefined,
  [received]: readonly Finding[],
  unseen: Finding | undefined,
): string {
  if (received)
    return `You were told: the first alert came ${counted(shipped.at - received.at, 'step')} before you shipped.`;
  if (unseen) return 'It looked fine: what would have told was not emitted.';
  const { validation = NaN } = shipped;
  if (!(validation >= usualOf(shipped, cause) - harm))
    return 'No alert came, and none was hidden. Only right answers tell.';
  const drifts = shipped.happened.some(({ change }) => change.kind === 'drift');
  const whose = drifts ? 'inputs that users no longer send' : 'a set that does not stand for users';
  return `${capital(rightWords(shipped.recipe))} on validation: ${percent(validation)}, of ${whose}. Only right answers from production tell.`;
}

function verdictOf(
  shipped: Shipped,
  cause: Happening | undefined,
  received: readonly Finding[],
  unseen: Finding | undefined,
): string {
  const { production, validation, lossIsNaN } = shipped;
  const isFine = isFineFor(shipped, cause);
  if (!production || isFine === undefined) return 'Production is being judged …';
  const right = `${percent(production.right)} in production`;
  if (!isFine) return (lossIsNaN ? 'Every answer is NaN. ' : '') + blame(shipped, cause, received, unseen);
  if (cause !== undefined || received.length > 0) return `No harm: ${right}.`;
  const isAlike = Math.abs(production.right - (validation ?? NaN)) < harm;
  return `Nothing was wrong: ${right}${isAlike ? ', as on validation' : ''}.`;
}

/** “With every signal emitted you would have known …”: against the first alert that did come. */
function soonerText(
  { at, unemitted }: Shipped,
  lines: readonly Happening[],
  [unhidden]: readonly Finding[],
  [received]: readonly Finding[],
): string | undefined {
  const isHidden = [0, at, ...lines.map(({ step }) => step)].some((step) => unemitted(step).length > 0);
  if (!isHidden) return undefined;
  if (!unhidden) return 'With every signal emitted no alert would have come either: 0 steps sooner.';
  const known = `With every signal emitted you would have known at step ${whole(unhidden.at)}`;
  if (!received) return `${known}: ${counted(at - unhidden.at, 'step')} before you shipped.`;
  return `${known}: ${counted(Math.max(0, received.at - unhidden.at), 'step')} sooner.`;
}

/** How much later one knew than the signal would have told: “0 steps later”, or not at all. */
export function laterText(unseen: Finding, received: readonly DetectorEvent[], at: number): string {
  const [first] = raised(received).filter((finding) => finding.at >= unseen.onset);
  if (!first) return `No alert has come in the ${counted(at - unseen.at, 'step')} since.`;
  const later = counted(Math.max(0, first.at - unseen.at), 'step');
  return `You knew ${later} later: ${titleOf(first)}, at step ${whole(first.at)}.`;
}

function dated(lines: readonly PostMortemLine[]): readonly PostMortemLine[] {
  const last = lines[mostDated - 1];
  const more = lines.length - mostDated;
  if (!last || more <= 0) return lines;
  return [...lines.slice(0, mostDated - 1), { ...last, text: `${last.text} And ${more} more after it.` }];
}

export function postMortemOf(shipped: Shipped): PostMortem {
  const { at, recipe, production } = shipped;
  const changes = happenings(shipped, recipe).filter(({ step }) => step <= at);
  const cause = changes.find(({ breaks }) => breaks);
  const [received, unhidden] = [firsts(raised(shipped.received)), firsts(raised(shipped.unhidden))];
  const unseen = unseenOf(shipped);
  const [first] = received;
  const [firstUnseen] = since(unseen, cause);
  const lines: readonly PostMortemLine[] = [
    ...changes.map(({ step, text }) => ({ step, kind: 'change' as const, text })),
    ...dated(received.map(alertLine)),
    ...dated(unseen.map((finding) => unseenLine(finding, shipped))),
    shippedLine(shipped),
  ].toSorted((a, b) => a.step - b.step);
  return {
    at,
    verdict: verdictOf(shipped, cause, since(received, cause), firstUnseen),
    lines,
    received: first
      ? `${episodes(shipped.received)}, the first at step ${whole(first.at)}: ${titleOf(first)}`
      : '0',
    isFine: isFineFor(shipped, cause),
    causeAt: cause?.step,
    production,
    right: rightWords(recipe),
    sooner: soonerText(shipped, changes, since(unhidden, cause), since(received, cause)),
    unseen: firstUnseen,
  };
}
