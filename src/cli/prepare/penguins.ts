// Palmer penguins as a table of four measurements, from npm's vega-datasets.
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import type { CompactContent } from './compactFile.ts';

const source = new URL('../data/penguins.json', import.meta.resolve('vega-datasets'));

const species = ['Adelie', 'Chinstrap', 'Gentoo'] as const;
const measurements = ['Beak Length (mm)', 'Beak Depth (mm)', 'Flipper Length (mm)', 'Body Mass (g)'] as const;

const measured = v.nullable(v.pipe(v.number(), v.finite()));
const penguinsSchema = v.array(
  v.object({
    Species: v.picklist(species),
    'Beak Length (mm)': measured,
    'Beak Depth (mm)': measured,
    'Flipper Length (mm)': measured,
    'Body Mass (g)': measured,
  }),
);

/**
 * "TWT1", rows and rows left out for a missing measurement (u32 each), measurements and classes (u16 each), all little endian; one label byte
 * per row; then its measurements (f32 each), row by row. Sex and island, of which more are missing, are not used.
 */
export function penguinsContent(): CompactContent {
  const all = v.parse(penguinsSchema, JSON.parse(readFileSync(source, 'utf8')));
  const rows = all.flatMap((penguin) => {
    const values = measurements.flatMap((name) => penguin[name] ?? []);
    return values.length < measurements.length ? [] : [{ label: species.indexOf(penguin.Species), values }];
  });
  const leftOut = all.length - rows.length;
  const header = Buffer.alloc(16);
  header.write('TWT1', 'ascii');
  header.writeUInt32LE(rows.length, 4);
  header.writeUInt32LE(leftOut, 8);
  header.writeUInt16LE(measurements.length, 12);
  header.writeUInt16LE(species.length, 14);
  const values = Buffer.alloc(rows.length * measurements.length * 4);
  rows.flatMap((row) => row.values).forEach((value, k) => values.writeFloatLE(value, k * 4));
  return {
    bytes: Buffer.concat([header, Buffer.from(rows.map(({ label }) => label)), values]),
    told: `${rows.length} of ${all.length} penguins, ${leftOut} left out for missing measurements`,
  };
}
