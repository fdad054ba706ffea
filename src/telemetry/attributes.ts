// Attributes that several kinds of telemetry share.

/** Of a layer's signal or finding; layers are numbered from 1, and 0 is the whole run. */
export function layerAttributes(layer: number): Record<string, string> {
  return layer === 0 ? {} : { 'layer.name': `layer_${layer}` };
}

/** OTLP/JSON turns NaN and infinity into null, so a value that is not finite travels as a string. */
export function portable(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}
