// gzip with what the browser has.

/** A copy of `data`, compressed; uncompressed where the browser cannot (before Chrome 80, Firefox 113, Safari 16.4). */
export async function gzip(
  data: Uint8Array,
): Promise<{ readonly body: Uint8Array<ArrayBuffer>; readonly gzipped: boolean }> {
  const body = new Uint8Array(data);
  if (typeof CompressionStream === 'undefined') return { body, gzipped: false };
  const stream = new Blob([body]).stream().pipeThrough(new CompressionStream('gzip'));
  return { body: new Uint8Array(await new Response(stream).arrayBuffer()), gzipped: true };
}
