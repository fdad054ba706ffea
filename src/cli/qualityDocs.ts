// `npm run quality:docs -- FILE`: puts the figures that `npm run quality -- --json` printed where they are read: the page's table, the
// tables of docs/detectors.md between their marks, and the picture of the confusion matrix.
import { readFileSync, writeFileSync } from 'node:fs';
import { fillMarks } from './fillMarks.ts';
import { drawMatrix } from './qualityDocs/matrix.ts';
import { parseQuality } from './qualityDocs/report.ts';
import { detectorTable, remedyTable, ruleTable } from './qualityDocs/tables.ts';

const page = 'docs/detectors.md';

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
      (all, [name, content]) => fillMarks(page, all, name, content),
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
