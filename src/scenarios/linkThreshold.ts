// A threshold as a link writes it: `loss-spike.warning:4`.

export function readThreshold(text: string): readonly [name: string, value: string] {
  const cut = text.indexOf(':');
  return cut < 0 ? [text, ''] : [text.slice(0, cut), text.slice(cut + 1)];
}
