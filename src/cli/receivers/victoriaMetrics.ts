// VictoriaMetrics, which takes OTLP: found, or unpacked from Debian 13's archive, and started. (Debian's Prometheus is built without OTLP.)
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const address = '127.0.0.1:19428';
const source =
  'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian trixie main\n';

function runs(program: string): boolean {
  return spawnSync(program, ['-version'], { stdio: 'ignore' }).status === 0;
}

/** Downloads with lists of its own, so that this machine's packages stay as they are; gives the folder of the programs. */
function unpackFromDebian(folder: string): string {
  console.log('No victoria-metrics found: unpacking Debian 13’s package.');
  mkdirSync(join(folder, 'lists', 'partial'), { recursive: true });
  mkdirSync(join(folder, 'cache', 'archives', 'partial'), { recursive: true });
  writeFileSync(join(folder, 'sources.list'), source);
  const options = [
    `Dir::Etc::sourcelist=${join(folder, 'sources.list')}`,
    'Dir::Etc::sourceparts=/nonexistent',
    `Dir::State::lists=${join(folder, 'lists')}`,
    `Dir::Cache=${join(folder, 'cache')}`,
  ].flatMap((option) => ['-o', option]);
  const quietly = (command: string, args: readonly string[]) =>
    spawnSync(command, args, { cwd: folder, stdio: 'ignore' });
  quietly('apt-get', [...options, 'update']);
  quietly('apt-get', [...options, 'download', 'victoria-metrics']);
  const archive = readdirSync(folder).find((name) => name.endsWith('.deb'));
  if (archive !== undefined) quietly('dpkg-deb', ['-x', archive, '.']);
  return join(folder, 'usr', 'bin');
}

/** `victoria-metrics` and `vmalert`. @throws Error with what to do where there are none */
function findOrUnpack(folder: string): readonly [server: string, alert: string] {
  const names = ['victoria-metrics', 'vmalert'] as const;
  if (names.every(runs)) return names;
  const programs = unpackFromDebian(folder);
  const [server, alert] = [join(programs, names[0]), join(programs, names[1])];
  if (runs(server) && runs(alert)) return [server, alert];
  throw new Error(
    'victoria-metrics: not found, and Debian 13’s package could not be unpacked; put victoria-metrics and vmalert (1.112 or newer) on the PATH.',
  );
}

export interface VictoriaMetrics {
  readonly url: string;
  /** Whether vmalert takes a file of rules. */
  readonly accepts: (rules: string) => boolean;
  readonly stop: () => void;
}

/** @throws Error where it cannot be had or does not get ready */
export async function startVictoriaMetrics(): Promise<VictoriaMetrics> {
  const folder = mkdtempSync(join(tmpdir(), 'trainwreck-victoria-'));
  const [server, alert] = findOrUnpack(folder);
  const args = [
    `-storageDataPath=${join(folder, 'data')}`,
    `-httpListenAddr=${address}`,
    '-opentelemetry.usePrometheusNaming',
    '-search.latencyOffset=0s',
    '-inmemoryDataFlushInterval=1s',
  ];
  const child = spawn(server, args, { stdio: 'ignore' });
  const url = `http://${address}`;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = () => {
    child.kill();
    void ended.then(() => rmSync(folder, { recursive: true, force: true }));
  };
  const accepts = (rules: string) =>
    spawnSync(alert, ['-dryRun', `-rule=${rules}`], { stdio: 'ignore' }).status === 0;
  for (let tries = 0; tries < 100; tries++) {
    const isReady = await fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return { url, accepts, stop };
    await sleep(200);
  }
  stop();
  throw new Error(`victoria-metrics: not ready after 20 s; is ${address} taken?`);
}
