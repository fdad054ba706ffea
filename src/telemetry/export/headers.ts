// Headers that a person wants sent with every export, one `Name: value` per line.

export type Header = readonly [name: string, value: string];

type CheckedHeaders = { readonly headers: readonly Header[] } | { readonly problem: string };

/** A problem names the line and the header, never its value: a value may be a key, and problems are shown. */
export function checkedHeaders(typed: string): CheckedHeaders {
  const headers: Header[] = [];
  for (const [i, line] of typed.split(/\r\n|\n|\r/).entries()) {
    if (line.trim() === '') continue;
    const header = headerOf(line);
    const problem = problemOf(header, line, headers);
    if (problem !== undefined) return { problem: `line ${i + 1}: ${problem}` };
    if (header) headers.push(header);
  }
  return { headers };
}

function headerOf(line: string): Header | undefined {
  const colon = line.indexOf(':');
  return colon < 0 ? undefined : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
}

/** RFC 9110: a token. */
const legalName = /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/;
/** Tab, the visible characters of ASCII, and Latin-1 above it; so no newline and no NUL. */
const legalValue = /^[\t\x20-\x7e\x80-\xff]*$/;
/** What browsers set themselves and drop without a word when a script sets it (Fetch, “forbidden request-header”). */
const browsersOwn =
  /^(?:accept-(?:charset|encoding)|access-control-.*|connection|content-length|cookie2?|date|dnt|expect|host|keep-alive|origin|proxy-.*|referer|sec-.*|set-cookie|te|trailer|transfer-encoding|upgrade|via|x-(?:http-)?method(?:-override)?)$/i;
const exportersOwn = /^content-(?:type|encoding)$/i;

function problemOf(header: Header | undefined, line: string, before: readonly Header[]): string | undefined {
  if (!header)
    return 'no colon; write one header per line, as “Name: value”; a value cannot go on in the next line';
  const [name, value] = header;
  if (name === '') return 'no name before the colon; write “Name: value”';
  if (!legalName.test(name)) {
    return `header name ${JSON.stringify(name)}; only letters, digits and - may be in it, no spaces`;
  }
  if (browsersOwn.test(name)) return `header ${name}; browsers set it themselves: leave it out`;
  if (exportersOwn.test(name)) return `header ${name}; the exporter sets it itself: leave it out`;
  if (before.some(([other]) => other.toLowerCase() === name.toLowerCase())) {
    return `header ${name} twice; write it once`;
  }
  if (!legalValue.test(value) || /[\v\f\0]/.test(line)) {
    return `header ${name} has a character that no header may have; type its value again, without copied line breaks or symbols`;
  }
  return undefined;
}
