// The glossary: the field's terms, and every signal, detector, fault and remedy in its own words.
import { defaultRecipe } from '../core/recipe.ts';
import { settingsAt, settingsPeriods } from '../core/timeline.ts';
import type { Detector } from '../detectors/detector.ts';
import { detectorOf, detectors, thresholdsOf } from '../detectors/index.ts';
import type { Fault } from '../faults/fault.ts';
import { faults } from '../faults/index.ts';
import { remedies } from '../remedies/index.ts';
import type { Remedy } from '../remedies/remedy.ts';
import type { Signal } from '../signals/signal.ts';
import { signals } from '../signals/index.ts';
import { remedyName } from './remedyName.ts';
import { telemetryTerms, trainingTerms, type Term } from './terms.ts';

export interface TermGroup {
  readonly heading: string;
  readonly terms: readonly Term[];
}

/** Of a run in which one signal is not emitted: a remedy that emits signals has something to name. */
const settings = { ...settingsAt(settingsPeriods(defaultRecipe, 0), 0), unemitted: ['validation_loss'] };

function signalTerm({ id, description, unit, scope, metric }: Signal): Term {
  const where = scope === 'layer' ? ', one for each hidden layer' : '';
  return { id: `signal-${id}`, term: id, text: `${description} ${metric}, unit ${unit}${where}.` };
}

function detectorTerm(detector: Detector): Term {
  const rule = detector.rule(thresholdsOf(detector, defaultRecipe.thresholds));
  return { id: `detector-${detector.id}`, term: detector.title, text: `It reads: ${rule}` };
}

function faultTerm(fault: Fault): Term {
  const does = fault.describe({ recipe: defaultRecipe, settings, presses: 0 });
  return { id: `fault-${fault.id}`, term: fault.title, text: `On the default network: ${does}.` };
}

/** “Against loss spike, not a number: …” */
function purpose({ answers, why }: Remedy): string {
  const titles = Object.keys(answers).map((id) => detectorOf(id).title.toLowerCase());
  return `Against ${titles.join(', ')}: ${why}`;
}

/** Remedies that are pressed by the same words are one entry. */
function remedyTerms(): readonly Term[] {
  const all: readonly Remedy[] = remedies;
  const context = { recipe: defaultRecipe, settings };
  const names = [...new Set(all.map((remedy) => remedyName(remedy, context)))];
  return names.map((term) => {
    const meant = all.filter((remedy) => remedyName(remedy, context) === term);
    return { id: `remedy-${meant[0]?.id ?? ''}`, term, text: meant.map(purpose).join(' ') };
  });
}

/** Every term, in groups; ids are unique over all of them. */
export const glossary: readonly TermGroup[] = [
  { heading: 'Training', terms: trainingTerms },
  { heading: 'Telemetry, and this page', terms: telemetryTerms },
  { heading: 'Signals', terms: signals.map(signalTerm) },
  { heading: 'Detectors', terms: detectors.map(detectorTerm) },
  { heading: 'Faults', terms: faults.map(faultTerm) },
  { heading: 'Remedies', terms: remedyTerms() },
];
