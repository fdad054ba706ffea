// Installs packages with apt-get, where it is there and root is in reach.
import { spawnSync } from 'node:child_process';

/** What a command that needs root is to be started with; nothing where root is out of reach without a password. */
function rootPrefix(): string[] | undefined {
  if (process.getuid?.() === 0) return [];
  return succeeds('sudo', ['-n', 'true']) ? ['sudo', '-n'] : undefined;
}

export function canInstallDebianPackages(): boolean {
  return rootPrefix() !== undefined && succeeds('apt-get', ['--version']);
}

/** apt-get's own words tell what went wrong; whoever asked looks whether what it wanted is there now. */
export function installDebianPackage(name: string): void {
  const prefix = rootPrefix() ?? [];
  // A fresh container has no package lists. A stale list may still do, so a failing update does not end the attempt.
  runVisibly([...prefix, 'apt-get', 'update']);
  runVisibly([...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', 'install', '-y', name]);
}

function succeeds(command: string, args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

function runVisibly([command = '', ...args]: string[]): void {
  spawnSync(command, args, { stdio: 'inherit' });
}
