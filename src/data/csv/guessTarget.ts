// Which column of a table is likely to be learned.
import { mostClasses } from './classes.ts';
import type { ColumnSurvey } from './survey.ts';

/** Names, without case and marks, of what is told apart or foretold wherever it stands. */
const outcomes = new Set(
  'target targets label labels class classes category species outcome diagnosis result survived y churn churned exited attrition default defaulted stroke heartdisease fraud isfraud spam isspam loanstatus subscribed purchased deathevent'.split(
    ' ',
  ),
);
/** Names of numbers that are mostly foretold, and now and then stand among the inputs. */
const quantities = new Set(
  'income price saleprice sellingprice charges quality medv medianhousevalue salary sales revenue'.split(' '),
);

function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\d]/gu, '');
}

function fits({ kind, distinct }: ColumnSurvey): boolean {
  return kind !== 'id' && kind !== 'text' && distinct >= 2;
}

/** By its name; else the last column of numbers or of few values; else the last that is any use. −1 = none. */
export function guessTarget(columns: readonly ColumnSurvey[]): number {
  const names = columns.map(({ name }) => plainName(name));
  // Beside `x`, `y` is where a point lies.
  const isNamed = (name: string) => outcomes.has(name) && !(name === 'y' && names.includes('x'));
  const isFit = columns.map(fits);
  const ways: readonly number[] = [
    names.findIndex((name, place) => isNamed(name) && isFit[place]),
    names.findLastIndex((name, place) => quantities.has(name) && isFit[place]),
    columns.findLastIndex(
      (column) => fits(column) && (column.kind === 'number' || column.distinct <= mostClasses),
    ),
    columns.findLastIndex(fits),
  ];
  return ways.find((place) => place >= 0) ?? -1;
}
