// The report of a story in Markdown, ready for a docs page: what was done, what the detectors said, what helps, and how to see it again.
import manifest from '../../../package.json' with { type: 'json' };
import { recipeVersion } from '../../core/recipe.ts';
import { counted, decimal, percent } from '../../core/wording.ts';
import { detectorOf, thresholdsOf, type DetectorId } from '../../detectors/index.ts';
import { writeLink } from '../../scenarios/writeLink.ts';
import { deedsOf } from '../../figures/deeds.ts';
import { causesSection, doneSection, findingsSection } from '../../figures/sections.ts';
import type { Reproduction } from './reproduction.ts';
import { remedySection } from './remedyReport.ts';
import { table } from '../../figures/table.ts';
import type { TrainedRun } from './train.ts';

function nameOf(reproduction: Reproduction, { name }: TrainedRun): string {
  return reproduction.runs.length > 1 ? `run ${name}` : 'the run';
}

/** What the scenario says of a detector. */
function roleOf(id: DetectorId, { order: { scenario } }: Reproduction): string {
  const [expected, may]: (readonly DetectorId[])[] = [scenario?.expected ?? [], scenario?.may ?? []];
  if (expected?.includes(id)) return 'must fire';
  if (may?.includes(id)) return 'may follow';
  return scenario ? 'is to stay quiet' : '';
}

function rulesSection(reproduction: Reproduction): string {
  const { detectors, order } = reproduction;
  const rows = detectors.map((id) => {
    const detector = detectorOf(id);
    const rule = detector.rule(thresholdsOf(detector, order.recipe.thresholds));
    return [`${detector.title} (\`${id}\`)`, rule, ...(order.scenario ? [roleOf(id, reproduction)] : [])];
  });
  const role = order.scenario ? ['in this scenario it'] : [];
  return rows.length === 0 ? '' : table(['detector', 'its rule', ...role], rows);
}

function publishedSection({ rules, runs }: Reproduction): string {
  const [first] = deedsOf(runs);
  const rows = rules.map(({ rule, alarms }) => [
    rule.title,
    `\`${rule.pattern}\``,
    alarms[0] === undefined ? 'never' : String(alarms[0]),
    String(alarms.filter((step) => step < (first?.entry.at ?? Infinity)).length),
    String(alarms.length),
  ]);
  if (rows.length === 0) return '';
  return [
    '## Published rules on the same rows',
    `The alarms that rules of other tools and papers would have raised${runs.length > 1 ? ' in run A' : ''}.`,
    table(['rule', 'beside', 'first alarm', 'alarms before anything was done', 'alarms in all'], rows),
  ].join('\n\n');
}

function outcomeRow(name: string, { outcome }: TrainedRun): string[] {
  const { training, validation, production } = outcome;
  return [
    name,
    decimal(training.loss),
    percent(training.accuracy),
    decimal(validation.loss),
    percent(validation.accuracy),
    percent(production),
  ];
}

function outcomeSection(reproduction: Reproduction): string {
  const { runs, twin, order } = reproduction;
  const rows = runs.map((run) => outcomeRow(nameOf(reproduction, run), run));
  const beside = twin === runs[0] ? [] : [outcomeRow('the same run without its timeline', twin)];
  return [
    `At step ${order.steps}, over the whole training set, the validation set, and 2,000 examples as users then send them:`,
    table(
      ['', 'training loss', 'right', 'validation loss', 'right', 'right in production'],
      [...rows, ...beside],
    ),
  ].join('\n\n');
}

function command({ order, engine }: Reproduction): string {
  const { scenario, recipe, isScenarios, isTimed, steps } = order;
  const words = [
    'npm run reproduce --',
    ...(scenario ? [scenario.id] : []),
    ...(isScenarios ? [] : ['--recipe recipe.json']),
    ...(isScenarios && recipe.seed !== scenario?.recipe.seed ? [`--seed ${recipe.seed}`] : []),
    ...(isTimed || !isScenarios ? [`--steps ${steps}`] : []),
    ...(engine === 'compiled.plain' ? [] : [`--engine ${engine}`]),
    `--out ${scenario?.id ?? 'reproduced'}`,
  ];
  return words.join(' ');
}

function againSection(reproduction: Reproduction): string {
  const { order, engine } = reproduction;
  return [
    '## See it again',
    ['```sh', command(reproduction), '```'].join('\n'),
    'On the page, after its address:',
    ['```text', `?${writeLink(order.recipe)}`, '```'].join('\n'),
    `Seed ${order.recipe.seed} · ${counted(order.steps, 'step')} · engine \`${engine}\` · recipe version ${recipeVersion} · ${manifest.name} ${manifest.version}. ` +
      (engine === 'compiled.plain'
        ? 'The same command gives the same files, to the byte.'
        : 'A GPU may round differently from run to run; on `compiled.plain` the files are the same to the byte.'),
    'Files: `recipe.json` (the whole recipe), `link.txt`, `rows.csv` (a line per step and run), `findings.json`, `trace.json` (OTLP: one step is one second), `figure.svg`.',
  ].join('\n\n');
}

/** Paragraphs that there is something to say in. */
export function writeReport(reproduction: Reproduction): string {
  const { order, title } = reproduction;
  const parts = [
    `# ${title}`,
    order.scenario?.story ?? '',
    order.scenario ? `${order.scenario.cause} ${order.scenario.signal}` : '',
    `![${title}: charts of the run with limits, findings and what was done](figure.svg)`,
    '## What is done',
    doneSection(reproduction.runs),
    '## What the detectors say',
    findingsSection(reproduction.runs),
    causesSection(reproduction.findings),
    rulesSection(reproduction),
    '## What comes of it',
    outcomeSection(reproduction),
    remedySection(reproduction),
    publishedSection(reproduction),
    againSection(reproduction),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
