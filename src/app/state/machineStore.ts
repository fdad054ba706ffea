// What a person brought, kept on this machine in IndexedDB. Where that is full or forbidden the page goes on, and says so.
import { createStore, del, entries, get, set } from 'idb-keyval';
import type { OwnTable } from '../../data/csv/ownTable.ts';
import type { ColumnUse } from '../../wreck/columns.ts';
import type { LogSource } from '../../wreck/messages.ts';

/** A table as it came, for its columns to be corrected later. */
export interface KeptSource {
  readonly title: string;
  readonly fingerprint: string;
  readonly source: Blob;
  /** As it was trained on last. */
  readonly plan: string;
  readonly rows: number;
}

export interface KeptLog {
  readonly sources: readonly LogSource[];
  readonly uses: readonly (readonly ColumnUse[])[];
}

const store = () => createStore('trainwreck-own', 'kept');
const sourceKey = 'source ';
const tableKey = 'table ';
const logKey = 'log';

/** Why it was not kept, as a person is told; undefined = it was. */
async function tried(what: string, keep: () => Promise<void>): Promise<string | undefined> {
  try {
    await keep();
    return undefined;
  } catch (error) {
    const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
    const why = isFull ? 'its storage is full' : 'the browser forbids it here';
    return `${what} could not be kept on this machine: ${why}. It is used until the page closes.`;
  }
}

async function found<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch {
    return undefined;
  }
}

export function keepTable(table: OwnTable, source: KeptSource): Promise<string | undefined> {
  return tried(table.title, async () => {
    await set(sourceKey + source.fingerprint, source, store());
    await set(tableKey + table.plan, table, store());
  });
}

/** The table of a recipe. */
export function keptTable(plan: string): Promise<OwnTable | undefined> {
  return found(() => get<OwnTable>(tableKey + plan, store()));
}

export async function keptSources(): Promise<readonly KeptSource[]> {
  const all = (await found(() => entries<string, unknown>(store()))) ?? [];
  return all.flatMap(([key, value]) => (key.startsWith(sourceKey) ? [value as KeptSource] : []));
}

/** Everything that was made of a table goes with it. */
export async function forgetSource(fingerprint: string): Promise<void> {
  await found(async () => {
    const all = await entries<string, unknown>(store());
    for (const [key] of all)
      if (key === sourceKey + fingerprint || key.startsWith(`${tableKey}${fingerprint}:`))
        await del(key, store());
  });
}

export function keepLog(log: KeptLog): Promise<string | undefined> {
  return tried('These rows', () => set(logKey, log, store()));
}

export function keptLog(): Promise<KeptLog | undefined> {
  return found(() => get<KeptLog>(logKey, store()));
}

export async function forgetLog(): Promise<void> {
  await found(() => del(logKey, store()));
}
