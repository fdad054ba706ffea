// The gallery as a table of Markdown, for the README.
import { scenarios } from '../../scenarios/index.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import { momentsOf, stillPath } from '../../site/stills.ts';
import { table } from '../../figures/table.ts';

/** Every scenario that goes wrong, broken and repaired. */
export function galleryTable(): string {
  const all: readonly Scenario[] = scenarios;
  const rows = all
    .filter(({ remedies }) => remedies.length > 0)
    .map((scenario) => [
      `**${scenario.title}** ${scenario.story}`,
      ...momentsOf(scenario).map(
        (moment) => `![${scenario.title}, ${moment}](${stillPath(scenario, moment)})`,
      ),
    ]);
  return table(['', 'broken', 'repaired'], rows);
}
