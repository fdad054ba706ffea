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

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** “820 B”, “1.4 kB”, “11 MB”: thousands, not 1,024s. */
export function byteSize(bytes: number): string {
  const size = Math.abs(bytes);
  const power = size >= 1000 ? Math.min(byteUnits.length - 1, Math.floor(Math.log10(size) / 3)) : 0;
  return `${decimal(bytes / 1000 ** power)} ${byteUnits[power] ?? ''}`;
}

/** “0.02 ms”, “132 ms”, “1.5 s”, “6.4 h”. */
export function duration(milliseconds: number): string {
  if (milliseconds > 0 && milliseconds < 0.001) return '< 0.001 ms';
  if (milliseconds >= 3_600_000) return `${decimal(milliseconds / 3_600_000)} h`;
  if (milliseconds >= 1000) return `${decimal(milliseconds / 1000)} s`;
  return `${milliseconds >= 0.01 && milliseconds < 1 ? milliseconds.toFixed(2) : decimal(milliseconds)} ms`;
}

const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 });

/** “847”, “51.1K”, “7B”: where there is little room. */
export function shortCount(count: number): string {
  return count < 10_000 ? whole(count) : compact.format(count);
}

/** “$0.08”, “$5.51”, “$1,420”, “$91M”: cents below a hundred dollars. */
export function dollars(amount: number): string {
  if (!Number.isFinite(amount)) return `$${decimal(amount)}`;
  if (amount > 0 && amount < 0.01) return '< $0.01';
  if (amount < 100) return `$${amount.toFixed(2)}`;
  return `$${amount < 1e6 ? whole(amount) : shortCount(amount)}`;
}
