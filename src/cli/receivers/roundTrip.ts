// Every core signal sent as OTLP to VictoriaMetrics: it stores them under the names that our rules read.
import { setTimeout as sleep } from 'node:timers/promises';
import { ProtobufMetricsSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { coreSignals } from '../../signals/emitting.ts';
import { prometheusName } from '../../signals/prometheus.ts';
import type { Tally } from './tally.ts';
import { startVictoriaMetrics } from './victoriaMetrics.ts';

class Collecting extends MetricReader {
  protected override onForceFlush(): Promise<void> {
    return Promise.resolve();
  }
  protected override onShutdown(): Promise<void> {
    return Promise.resolve();
  }
}

/** One request with a value of every core signal, by the official SDK and serialiser. */
async function requestBody(): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Collecting();
  const resource = resourceFromAttributes({ 'service.name': 'trainwreck', 'service.instance.id': 'run-1' });
  const meter = new MeterProvider({ resource, readers: [reader] }).getMeter('trainwreck');
  for (const { metric, instrument, unit, scope } of coreSignals) {
    const attributes = scope === 'layer' ? { 'layer.name': 'hidden_1' } : {};
    if (instrument === 'counter') meter.createCounter(metric, { unit }).add(1, attributes);
    else meter.createGauge(metric, { unit }).record(0.5, attributes);
  }
  const { resourceMetrics } = await reader.collect();
  const body = ProtobufMetricsSerializer.serializeRequest(resourceMetrics);
  if (!body) throw new Error('the serialiser gave nothing');
  return new Uint8Array(body);
}

interface Stored {
  readonly data: { readonly result: readonly { readonly metric: Readonly<Record<string, string>> }[] };
}

/** Of the first series of this name. New series can be queried some time after they came: at once or, where that was too early, 10 s later. */
async function storedLabels(
  url: string,
  name: string,
): Promise<Readonly<Record<string, string>> | undefined> {
  for (let tries = 0; tries < 150; tries++) {
    const response = await fetch(`${url}/api/v1/query?query=${name}`);
    const { data } = (await response.json()) as Stored;
    if (data.result[0]) return data.result[0].metric;
    await sleep(200);
  }
  return undefined;
}

export async function testRoundTrip(tally: Tally): Promise<void> {
  const { url, accepts, stop } = await startVictoriaMetrics();
  try {
    const response = await fetch(`${url}/opentelemetry/v1/metrics`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-protobuf' },
      body: await requestBody(),
    });
    tally.say(response.ok, `VictoriaMetrics takes OTLP: status ${response.status}`, await response.text());
    for (const signal of coreSignals) {
      const labels = await storedLabels(url, prometheusName(signal));
      const isWhole =
        labels?.['service_instance_id'] === 'run-1' &&
        (signal.scope === 'run' || labels['layer_name'] === 'hidden_1');
      tally.say(isWhole, `${signal.metric} is stored as ${prometheusName(signal)}`, JSON.stringify(labels));
    }
    tally.say(accepts('docs/alerts/trainwreck.rules.yml'), 'vmalert accepts the rules');
  } finally {
    stop();
  }
}
