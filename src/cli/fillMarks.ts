// Measured tables in pages that are written by hand: each stands between two marks.

/** Replaces what stands between `<!-- name -->` and `<!-- /name -->`. @throws Error where the marks are missing */
export function fillMarks(page: string, text: string, name: string, content: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(open), text.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`${page}: the marks ${open} … ${close} are missing`);
  return `${text.slice(0, from + open.length)}\n\n${content}\n\n${text.slice(to)}`;
}
