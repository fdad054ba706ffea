// `npm run quality:docs -- FILE`: puts the figures that `npm run quality -- --json` printed where they are read: the page's table, the
// tables of docs/detectors.md between their marks, and the picture of the confusion matrix.
import { readFileSync, writeFileSync } from 'node:fs';
import { drawMatrix } from './qualityDocs/matrix.ts';
import { parseQuality } from './qualityDocs/report.ts';
import { detectorTable, remedyTable, ruleTable } from './qualityDocs/tables.ts';

const page = 'docs/detectors.md';

/** Replaces what stands between `<!-- name -->` and `<!-- /name -->`. @throws Error where the marks are missing */
function fill(text: string, name: string, content: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(open), text.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`${page}: the marks ${open} … ${close} are missing`);
  return `${text.slice(0, from + open.length)}\n\n${content}\n\n${text.slice(to)}`;
}

function main(file: string | undefined): number {
  if (file === undefined) {
    console.error('npm run quality:docs -- FILE: the file that `npm run quality -- --json` printed');
    return 2;
  }
  try {
    const quality = parseQuality(readFileSync(file, 'utf8'));
    const tables = [
      ['detectors', detectorTable(quality)],
      ['rules', ruleTable(quality)],
      ['remedies', remedyTable(quality)],
    ] as const;
    const text = tables.reduce(
      (all, [name, content]) => fill(all, name, content),
      readFileSync(page, 'utf8'),
    );
    writeFileSync(page, text);
    writeFileSync('docs/quality.json', `${JSON.stringify(quality, null, 2)}\n`);
    writeFileSync('docs/pictures/confusion.svg', drawMatrix(quality));
    return 0;
  } catch (error) {
    console.error(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    return 2;
  }
}

process.exitCode = main(process.argv[2]);
