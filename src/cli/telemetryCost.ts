// `npm run telemetry-cost`: measures what each telemetry level costs and writes the tables of docs/telemetry-cost.md between their marks.
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { telemetryLevels } from '../core/settings.ts';
import { loadDataset } from '../data/index.ts';
import { messageOf } from '../worker/messageOf.ts';
import { fillMarks } from './fillMarks.ts';
import { makeNodeEngine, nodeEngineIds, type NodeEngineId } from './nodeEngine.ts';
import { firstAlert } from './telemetryCost/found.ts';
import { measureLevels } from './telemetryCost/measure.ts';
import { networks, type MeasuredNetwork } from './telemetryCost/networks.ts';
import { levelTable, limitTable } from './telemetryCost/tables.ts';

const page = 'docs/telemetry-cost.md';
const usage = `npm run telemetry-cost [-- ENGINE]   ENGINE: ${nodeEngineIds.join(', ')} (default ${nodeEngineIds[0]})`;

const publicFolder = new URL('../../public/', import.meta.url);
const context = {
  file: (path: string) => Promise.resolve(new Uint8Array(readFileSync(new URL(path, publicFolder)))),
  progress: () => undefined,
};

function engineId(argument: string | undefined): NodeEngineId {
  const id = nodeEngineIds.find((one) => one === (argument ?? nodeEngineIds[0]));
  if (!id) throw new Error(`engine “${argument}”: there are ${nodeEngineIds.join(', ')}\n${usage}`);
  return id;
}

async function tablesOf(
  engine: Awaited<ReturnType<typeof makeNodeEngine>>,
  { id, title, recipe, seconds }: MeasuredNetwork,
): Promise<readonly (readonly [string, string])[]> {
  console.error(title);
  const dataset = await loadDataset(recipe, context);
  const levels = await measureLevels(engine, recipe, dataset, seconds);
  const found = new Map<string, Awaited<ReturnType<typeof firstAlert>>>();
  if (recipe.timeline.length > 0)
    for (const level of telemetryLevels) {
      console.error(`  ${level}, up to the first alert`);
      found.set(level, await firstAlert(engine, recipe, dataset, level));
    }
  return [
    [`${id}-levels`, levelTable(levels, Object.fromEntries(found))],
    [`${id}-limit`, limitTable(levels)],
  ];
}

async function main(argument: string | undefined): Promise<number> {
  const id = engineId(argument);
  const engine = await makeNodeEngine(id);
  const tables: (readonly [string, string])[] = [];
  for (const network of networks) tables.push(...(await tablesOf(engine, network)));
  const machine = `Engine \`${id}\` (${engine.description}), Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}.`;
  const filled = [['machine', machine] as const, ...tables].reduce(
    (text, [name, content]) => fillMarks(page, text, name, content),
    readFileSync(page, 'utf8'),
  );
  writeFileSync(page, filled);
  return 0;
}

const exitCode = await main(process.argv[2]).catch((error: unknown) => {
  console.error(messageOf(error));
  return 2;
});
// Not left to the event loop: Dawn's threads would keep the process alive.
process.exit(exitCode);
