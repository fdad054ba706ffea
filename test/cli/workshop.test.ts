// The workshop's files: stock images at a version, and a dashboard over metrics that there are.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { labelName, prometheusName } from '../../src/signals/prometheus.ts';
import { signals } from '../../src/signals/index.ts';

const read = (path: string) => readFileSync(`docs/workshop/${path}`, 'utf8');

interface Dashboard {
  readonly panels: readonly {
    readonly title: string;
    readonly datasource: { readonly uid: string };
    readonly targets: readonly { readonly expr: string }[];
  }[];
}

test('every image is pinned to a version', () => {
  const images = [...read('compose.yml').matchAll(/image: (\S+)/g)].map(([, image]) => image);
  expect(images).toHaveLength(3);
  for (const image of images) expect(image).toMatch(/^[a-z-]+\/[a-z-]+:v?\d+\.\d+\.\d+$/);
});

test('what Compose mounts is there', () => {
  const mounts = [...read('compose.yml').matchAll(/- (\.\S+?\.yml):/g)].map(([, path]) => path ?? '');
  expect(mounts.length).toBeGreaterThan(0);
  for (const path of mounts) expect(read(path)).not.toBe('');
  expect(read('../alerts/trainwreck.rules.yml')).toContain('groups:');
});

test('the Collector lets the page in: its origin and the headers of an export', () => {
  const collector = read('collector.yml');
  expect(collector).toContain('${env:PAGE_ORIGIN}');
  for (const header of ['Content-Type', 'Content-Encoding', 'Authorization'])
    expect(collector).toContain(`- ${header}`);
});

test('every panel of the dashboard draws metrics that there are, by run', () => {
  const { panels } = JSON.parse(read('grafana/dashboards/room.json')) as Dashboard;
  const known: readonly string[] = signals.map(prometheusName);
  expect(panels.length).toBeGreaterThan(0);
  for (const { datasource, targets } of panels) {
    expect(read('grafana/provisioning/datasources/prometheus.yml')).toContain(`uid: ${datasource.uid}`);
    for (const { expr } of targets) {
      const metrics = expr.match(/(?:training|telemetry)_\w+|ALERTS/g) ?? [];
      expect(metrics.length).toBeGreaterThan(0);
      for (const metric of metrics) expect([...known, 'ALERTS']).toContain(metric);
    }
  }
  expect(JSON.stringify(panels)).toContain(labelName('service.instance.id'));
  expect(read('prometheus.yml')).toContain('- service.instance.id');
});
