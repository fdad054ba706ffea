// How Svelte components are compiled: runes everywhere in this project, whatever a library chooses for itself.
const isOurs = (/** @type {string} */ filename) => !filename.includes('node_modules');

/** @type {import('@sveltejs/vite-plugin-svelte').SvelteConfig} */
export default {
  vitePlugin: {
    dynamicCompileOptions: ({ filename }) => (isOurs(filename) ? { runes: true } : undefined),
  },
};
