// `tsx src/cli/coreSignals.ts`: writes docs/core-signals.md; a test holds the page against the signals.
import { writeFileSync } from 'node:fs';
import { coreSignalsPage } from './coreSignals/page.ts';

writeFileSync('docs/core-signals.md', coreSignalsPage());
