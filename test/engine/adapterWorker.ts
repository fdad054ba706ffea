// Asks for a WebGPU adapter inside a worker and posts what it got: the adapter's vendor, or null for none.
const adapter = await navigator.gpu.requestAdapter();
self.postMessage(adapter === null ? null : adapter.info.vendor);

// Makes this file a module, where await may stand at the top.
export {};
