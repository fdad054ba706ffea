// With the policy in index.html a browser refuses text as markup or as the address of a script, unless it comes through a policy: Svelte has one for
// its templates, and this is the one for threads. Text from a link, a table or a log has none, so it cannot become markup, whatever the code does.

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: (address: string) => string }): unknown;
}

/** The page's own files, and what it made itself. */
export function ownScript(address: string): string {
  const { origin, protocol } = new URL(address, location.href);
  // A blob is of this page, or does not load.
  if (protocol === 'blob:' || origin === location.origin) return address;
  throw new TypeError(`${address}: a script of another origin; the page runs its own only`);
}

/** The rules that hold where no policy is named: `new Worker(…)` of a bundler names none. */
export function trustOwnScripts(): void {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
  trustedTypes?.createPolicy('default', { createScriptURL: ownScript });
}
