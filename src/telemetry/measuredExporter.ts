// Serialises metrics as a collector would get them, and keeps what that came to: points, and bytes as protobuf.
import { ProtobufMetricsSerializer } from '@opentelemetry/otlp-transformer';
import type { PushMetricExporter, ResourceMetrics } from '@opentelemetry/sdk-metrics';

const success = 0;

export interface Serialised {
  readonly points: number;
  readonly body: Uint8Array;
}

const nothing: Serialised = { points: 0, body: new Uint8Array() };

export function serialise(metrics: ResourceMetrics): Serialised {
  const points = metrics.scopeMetrics.flatMap((scope) => scope.metrics.map((one) => one.dataPoints.length));
  return {
    points: points.reduce((sum, count) => sum + count, 0),
    body: ProtobufMetricsSerializer.serializeRequest(metrics) ?? nothing.body,
  };
}

export class MeasuredExporter implements PushMetricExporter {
  /** The last export. */
  last: Serialised = nothing;

  export(metrics: ResourceMetrics, done: (result: { code: number }) => void): void {
    this.last = serialise(metrics);
    done({ code: success });
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}
