// Looks for a WebGPU adapter without loading TensorFlow.js, and says whether it is hardware: the worker chooses by it.

export interface FoundAdapter {
  readonly adapter: GPUAdapter;
  /** False for adapters that compute on the CPU: correct, but slower than plain JavaScript. */
  readonly hardware: boolean;
  /** For a person: what the browser tells of vendor, architecture, device and description. */
  readonly description: string;
}

/** SwiftShader (Chromium), llvmpipe and lavapipe (Mesa), WARP (Windows). */
const softwareNames = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|\bwarp\b|software/i;

/** Undefined in Node 20, in insecure contexts and in browsers without WebGPU. */
export function webgpu(): GPU | undefined {
  const holder: { readonly navigator?: { readonly gpu?: GPU } } = globalThis;
  return holder.navigator?.gpu;
}

/** The adapter that the browser offers first, or null where there is none. Each call asks anew: an adapter makes one device. */
export async function findAdapter(gpu = webgpu()): Promise<FoundAdapter | null> {
  const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  if (!adapter) return null;
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
  const names = [vendor, architecture, device, description].filter((name) => name !== '');
  const text = [...new Set(names)].join(' ') || 'unnamed adapter';
  return { adapter, hardware: !isFallbackAdapter && !softwareNames.test(text), description: text };
}
