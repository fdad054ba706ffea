// Text from outside as Markdown shows it: as it is, whatever it holds.
import { printable } from '../core/printable.ts';

/** Characters that Markdown may take for its own, wherever a text is put. */
const special = /[\\`*_[\]<>#|&~$]/g;
const lineEnds = /[\r\n\u0085\u2028\u2029]+/g;

export function markdownText(text: string): string {
  return printable(text.replaceAll(lineEnds, ' '), Infinity).replaceAll(special, '\\$&');
}

/** An address between the parentheses of a Markdown link: an unescaped one of them would end it. */
export function markdownAddress(address: string): string {
  return address.replaceAll('(', '%28').replaceAll(')', '%29');
}
