// Prepares the data sets that the page loads, public/data/*.bin, from npm packages.
import { writeCompactFile } from './prepare/compactFile.ts';
import { digitsContent } from './prepare/digits.ts';
import { penguinsContent } from './prepare/penguins.ts';

const makerOf = (file: string): string => new URL(`prepare/${file}`, import.meta.url).href;

writeCompactFile('mnist.bin', makerOf('digits.ts'), digitsContent);
writeCompactFile('penguins.bin', makerOf('penguins.ts'), penguinsContent);
