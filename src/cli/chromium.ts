// Finds a full Chromium or Chrome for the browser tests, or installs one, and says how to start it with a software GPU.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { canInstallDebianPackages, installDebianPackage } from './debianPackage.ts';

export const chromiumFlags = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
] as const;

/** Path of a browser's executable. Throws with what to do when there is none and none can be installed. */
export async function findOrInstallChromium(): Promise<string> {
  const path = named() ?? installed() ?? installPackage() ?? (await installWithPlaywright());
  if (path !== undefined) return path;
  throw new Error(
    'No browser for the GPU and end-to-end tests: no Chromium or Chrome is installed, and neither apt-get nor playwright could install one; ' +
      'install Chromium or Chrome, or put the path of its executable in TRAINWRECK_CHROMIUM.',
  );
}

function named(): string | undefined {
  const path = process.env['TRAINWRECK_CHROMIUM'];
  if (path === undefined || path === '') return undefined;
  if (isExecutable(path)) return path;
  throw new Error(`TRAINWRECK_CHROMIUM: ${path}; it must be the path of a Chromium or Chrome executable.`);
}

function installed(): string | undefined {
  return candidatePaths().find(isExecutable);
}

function candidatePaths(): string[] {
  if (process.platform === 'darwin') return [...macApplications(), ...onPath()];
  if (process.platform === 'win32') return windowsPrograms();
  return [...linuxPaths, ...onPath()];
}

const linuxPaths = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
];

function onPath(): string[] {
  const names = ['chromium', 'google-chrome-stable', 'google-chrome', 'chrome', 'chromium-browser'];
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function macApplications(): string[] {
  const folders = ['/Applications', join(process.env['HOME'] ?? '/', 'Applications')];
  const names = ['Chromium', 'Google Chrome'];
  return folders.flatMap((folder) =>
    names.map((name) => join(folder, `${name}.app`, 'Contents', 'MacOS', name)),
  );
}

function windowsPrograms(): string[] {
  const variables = ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'];
  const folders = variables.map((name) => process.env[name]).filter((folder) => folder !== undefined);
  const programs = ['Chromium', 'Google\\Chrome'];
  return folders.flatMap((folder) =>
    programs.map((program) => join(folder, program, 'Application', 'chrome.exe')),
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function installPackage(): string | undefined {
  if (!canInstallDebianPackages()) return undefined;
  console.log('No Chromium or Chrome found: installing the package chromium with apt-get.');
  installDebianPackage('chromium');
  return installed();
}

async function installWithPlaywright(): Promise<string | undefined> {
  console.log('No Chromium or Chrome found: installing one with playwright.');
  // The command is a constant; Windows starts npx, a script, only through a shell.
  spawnSync('npx playwright install --no-shell chromium', { stdio: 'inherit', shell: true });
  const { chromium } = await import('playwright');
  const path = chromium.executablePath();
  return isExecutable(path) ? path : undefined;
}
