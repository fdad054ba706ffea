// Why nothing can be learned of a table, whatever its cells are.
import { counted } from '../../core/wording.ts';
import type { Cells } from './cells.ts';
import type { OwnPlan } from './plan.ts';
import type { TableProblem } from './problem.ts';
import { surveyOf, type ColumnSurvey } from './survey.ts';

/** As many as a category may have. */
const mostCategories = 50;

function oneColumn({ rows }: Cells): string {
  const isSpaced = rows.every(([cell = '']) => /\S\s+\S/.test(cell));
  return isSpaced
    ? 'It has one column only: its cells are separated by spaces, it seems. Put commas or tabs between them.'
    : 'It has one column only. Is another character between the cells? Training needs inputs and a target.';
}

function whyIgnored({ name, kind, numeric, distinct }: ColumnSurvey): string {
  const taken =
    kind === 'id' ? 'looks like an id' : numeric || kind === 'category' ? 'is ignored' : 'is text';
  const remedy = numeric
    ? 'Make it “input: number”.'
    : distinct <= mostCategories
      ? 'Make it “input: category”.'
      : `It has ${counted(distinct, 'different value')}: bring a column of numbers, or of few categories.`;
  return `“${name}” ${taken}. ${remedy}`;
}

/** Names the ignored column that is most like an input, and why it is none. */
function noInput(cells: Cells, { roles, header, decimalComma }: OwnPlan): string {
  const ignored = surveyOf(cells, { header, decimalComma }).columns.filter(
    ({ distinct }, place) => roles[place] === 'x' && distinct >= 2,
  );
  const first = ignored.find(({ numeric }) => numeric) ?? ignored[0];
  return `No input is left: ${first ? whyIgnored(first) : 'no other column has two values. Bring a column that differs from row to row.'}`;
}

export function noTable(cells: Cells, plan: OwnPlan): TableProblem | undefined {
  const { roles } = plan;
  const width = cells.rows[0]?.length ?? 0;
  if (cells.problem) return cells.problem;
  if (width < 2) return { reason: oneColumn(cells) };
  if (cells.rows.length <= (plan.header ? 1 : 0))
    return { reason: 'It has no rows below the header. Add rows, a row per example.' };
  if (roles.length !== width)
    return { reason: `It has ${counted(width, 'column')}, and ${roles.length} were chosen. Choose again.` };
  if (!roles.includes('t')) return { reason: 'No target is chosen. Make one column the target.' };
  if (!roles.includes('n') && !roles.includes('c')) return { reason: noInput(cells, plan) };
  return undefined;
}
