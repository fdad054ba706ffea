// The workshop's Prometheus configuration, held against promtool.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findOrInstallPromtool, promtool } from './promtool.ts';
import type { Tally } from './tally.ts';

/** As the container has it, less the block `otlp`, which only Prometheus 3 knows. */
export function testWorkshop(tally: Tally): void {
  findOrInstallPromtool();
  const folder = mkdtempSync(join(tmpdir(), 'trainwreck-workshop-'));
  const whole = readFileSync('docs/workshop/prometheus.yml', 'utf8');
  writeFileSync(join(folder, 'prometheus.yml'), whole.replace(/^otlp:\n(?: .*\n)+/m, ''));
  mkdirSync(join(folder, 'alerts'));
  copyFileSync('docs/alerts/trainwreck.rules.yml', join(folder, 'alerts', 'trainwreck.rules.yml'));
  const { passed, output } = promtool(['check', 'config', join(folder, 'prometheus.yml')]);
  tally.say(passed, 'promtool check config docs/workshop/prometheus.yml, less its block “otlp”', output);
  rmSync(folder, { recursive: true });
}
