// What stands in printed lines beside their names and numbers: colours, times, and what loggers put in front.

/** Of colours, and of a cursor that goes back to draw a line anew. */
// eslint-disable-next-line no-control-regex -- that is what they are
const control = /\u001B\[[\d;?]{0,20}[A-Za-z]|\u0008/g;
const date = String.raw`\d{4}[-/.]\d{1,2}[-/.]\d{1,2}`;
const time = String.raw`\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})?`;
/** `2026-01-01 12:00:00,123`, `12:00:01`, and of containers `… stdout F`. */
const moment = new RegExp(
  String.raw`(?<![\w.:/-])(?:${date}(?:[T ]\s?${time})?|${time})(?![\w:/-])(?:\s(?:stdout|stderr)\s[FP]\b)?`,
  'g',
);
/** Google's loggers: `I0101 12:00:00.123 140 train.py:100]`. */
const klog = /^\s*[IWEF]\d{4,8}\s[^\]]{0,120}\]/;
/** Where in the source a line was printed: `trainer.py:48]`, `(train.py:12)`. */
const source = /\(?\b[\w/.-]{1,80}\.(?:py|cc|cpp|jl|rs|go):\d{1,6}\)?\]?/g;

/** A text without the codes that a terminal heeds. */
export function withoutControl(text: string): string {
  return text.replaceAll(control, '');
}

/** A line without times and the places that loggers name. What is taken out parts the words beside it. */
export function withoutPrefix(line: string): string {
  return line
    .replace(klog, '')
    .replaceAll(source, '|')
    .replaceAll(moment, '|')
    .replace(/^[\s|]+/, '');
}
