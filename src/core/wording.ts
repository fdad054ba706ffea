// Numbers as the page and the findings write them.

/** Two significant digits (whole numbers from 100 on), without an exponent where a person would not use one; NaN and infinity are named. */
export function decimal(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e6 || size < 1e-3))
    return value.toExponential(1).replaceAll('-', '−').replace('+', '');
  if (size >= 100) return Math.round(value).toLocaleString('en-US').replace('-', '−');
  if (size !== 0 && size < 0.1) return value.toPrecision(2).replace('-', '−');
  return value.toFixed(size >= 10 ? 0 : size >= 1 ? 1 : 2).replace('-', '−');
}

/** A share as whole percent. */
export function percent(share: number): string {
  return Number.isNaN(share) ? 'NaN' : `${Math.round(share * 100)} %`;
}

/** A whole number with thousands set off. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** “1 step”, “1,200 steps”. */
export function counted(count: number, noun: string): string {
  return `${whole(count)} ${noun}${count === 1 ? '' : 's'}`;
}
