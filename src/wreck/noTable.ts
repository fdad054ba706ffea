// Texts that are no table of separated values, and what to bring instead: told before they are read as one.
import { nonfiniteOf, finiteOf } from '../data/csv/numbers.ts';
import { readName } from './columns.ts';

const seenLines = 20;
const asExpected = 'a line of names, as step,loss,grad_norm, and below it rows, as 10,2.31,0.4';

/** A name and its number, as in `step 10`, `Loss: 2.31` and `loss=nan`. */
const pair = /([a-z][\w/.]*) *(?:[:=] *| )[+-]?(?:\.?\d|nan|inf)/gi;

function isPrintout(line: string): boolean {
  const names = Array.from(line.matchAll(pair), ([, name = '']) => name);
  return names.length >= 2 && names.some((name) => readName(name).use !== 'none');
}

function isNumber(word: string): boolean {
  return finiteOf(word, false) !== undefined || nonfiniteOf(word) !== undefined;
}

/** Names or numbers above, numbers below, and as many. */
function isSpaced([above = '', below = '']: readonly string[]): boolean {
  if (/[,;\t|]/.test(above + below)) return false;
  const [head, row] = [above.trim().split(/ +/), below.trim().split(/ +/)];
  return row.length >= 2 && row.length === head.length && row.every(isNumber);
}

/** What to bring in place of a text; undefined = it may be a table. */
export function noTableHint(text: string): string | undefined {
  const lines = text
    .slice(0, 20_000)
    .split(/[\r\n]+/)
    .filter((line) => line.trim() !== '')
    .slice(0, seenLines);
  // Programs print other lines between those with numbers, but not so many.
  if (lines.length > 0 && lines.filter(isPrintout).length * 3 >= lines.length)
    return `This is what a program printed, not a table. Bring ${asExpected}; or a JSON object per line.`;
  if (isSpaced(lines))
    return 'There are spaces between the cells. Put commas, semicolons or tabs there, as in step,loss.';
  return undefined;
}
