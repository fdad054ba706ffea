// All OpenTelemetry code together stays small: what a run tells and the export, minified and compressed as a visitor gets it.
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { expect, test } from 'vitest';

/** Of the issue, in bytes. */
const limit = 45_000;

const entry = 'all-telemetry';
const path = (file: string) => fileURLToPath(new URL(`../../src/telemetry/${file}`, import.meta.url));
/** Whatever a training thread may use of it. */
const script = `
  import { RunTelemetry } from '${path('runTelemetry.ts')}';
  import { ExportSeat } from '${path('export/exportSeat.ts')}';
  import { Excess } from '${path('excess.ts')}';
  import { Queue } from '${path('queue.ts')}';
  Object.assign(globalThis, { RunTelemetry, ExportSeat, Excess, Queue });
`;

/** The packages and src/telemetry; what they import of the page's other parts is there anyway. */
async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? entry : undefined),
        load: (id) => (id === entry ? script : undefined),
      },
    ],
    build: {
      write: false,
      target: 'es2023',
      rolldownOptions: { input: entry, external: /\/src\/(?:core|data|signals|detectors)\// },
    },
  });
  return (built as Rolldown.RolldownOutput).output[0].code;
}

test('all OpenTelemetry code is under 45 kB, compressed', async () => {
  const code = await bundle();
  expect(code).toContain('training.run');
  expect(code).toContain('/v1/');
  const size = gzipSync(code).length;
  console.log(`OpenTelemetry: ${code.length} bytes minified, ${size} compressed`);
  expect(size).toBeLessThan(limit);
});
