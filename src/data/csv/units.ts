// A number in a cell, and the unit that stands in front of it or behind it.
import { finiteOf } from './numbers.ts';

interface Parted {
  /** Empty = none. */
  readonly unit: string;
  /** The cell without it; the cell where it has none. */
  readonly number: string;
}

const codes = 'EUR|USD|GBP|CHF|JPY|CNY|INR|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|BRL|MXN|ZAR|Rs\\.?';
/** `-$ 3`, `US$ 3`, `EUR 3`. */
const unitBefore = new RegExp(
  `^([+−-]?)\\s*([A-Z]{0,3}[$€£¥₹]|(?:${codes})(?=[\\s\\d]))\\s*(?=[\\d.,+−-])(.*)$`,
  'u',
);
/** `3 %`, `58.1 kg`, `1200 sq. ft`, `17"`: no digit behind its first letter or sign. */
const unitBehind = /^(.*\d[.,]?)\s*([\p{L}%‰°$€£¥₹"″][^\d]{0,15})$/u;

/** As accountants write what is owed: `(1,200.50)`, `12,50-`. */
function signed(text: string): string {
  const owed = /^\((.*\d.*)\)$/.exec(text)?.[1] ?? /^(.*\d[.,]\d+)\s*[−-]$/.exec(text)?.[1];
  return owed === undefined ? text : `-${owed.trim()}`;
}

/** `1 year` and `2 years` have one unit. */
function singular(unit: string): string {
  return unit.length > 3 ? unit.replace(/s$/, '') : unit;
}

export function partedCell(cell: string): Parted {
  if (!/\d/.test(cell)) return { unit: '', number: cell };
  const text = signed(cell.trim());
  if (finiteOf(text, false) !== undefined) return { unit: '', number: text };
  const before = unitBefore.exec(text);
  if (before) return { unit: before[2] ?? '', number: `${before[1] ?? ''}${before[3] ?? ''}` };
  const [, number = text, unit = ''] = unitBehind.exec(text) ?? [];
  return { unit: singular(unit.trim()), number };
}
