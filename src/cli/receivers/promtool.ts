// Finds promtool, Prometheus' tool that checks and tests rules, or installs it.
import { spawnSync } from 'node:child_process';
import { canInstallDebianPackages, installDebianPackage } from '../debianPackage.ts';

const program = 'promtool';

export interface ToolResult {
  readonly passed: boolean;
  /** Both of its streams. */
  readonly output: string;
}

export function promtool(args: readonly string[]): ToolResult {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  return { passed: status === 0, output: `${stdout}${stderr}` };
}

/** Its version. @throws Error with what to do where there is none and none can be installed */
export function findOrInstallPromtool(): string {
  const found = version();
  if (found !== undefined) return found;
  if (canInstallDebianPackages()) {
    console.log('No promtool found: installing the package prometheus with apt-get.');
    installDebianPackage('prometheus');
  }
  const installed = version();
  if (installed !== undefined) return installed;
  throw new Error(
    'promtool: not found, and apt-get could not install it; install Debian’s package “prometheus”, or put promtool of a Prometheus release on the PATH.',
  );
}

function version(): string | undefined {
  const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.split('\n')[0] : undefined;
}
