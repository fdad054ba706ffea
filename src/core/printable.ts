// Text from outside as a message may show it: in one line, of bounded length, without what garbles the words around it.

/** Control characters, those that turn the direction of writing, and halves of a surrogate pair. */
const garbling = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** @param most characters, the rest is an ellipsis */
export function printable(text: string, most = 60): string {
  const cut = text.length > most ? `${text.slice(0, most - 3)}…` : text;
  return cut.replace(garbling, '\ufffd');
}
