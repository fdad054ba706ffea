// Builds the static pages beside the playground: each is an HTML entry that exists in memory only, so that Vite finds its style sheet and pictures.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runnerImport, type Plugin } from 'vite';
import type * as Site from './index.ts';
import type { SitePage } from './page.ts';

/** The pages as the sources make them now. */
async function makePages(root: string): Promise<readonly SitePage[]> {
  const { module } = await runnerImport<typeof Site>(resolve(root, 'src/site/index.ts'), {
    root,
    logLevel: 'error',
  });
  const quality = resolve(root, 'docs/quality.json');
  return module.sitePages({
    quality: existsSync(quality) ? module.parseQuality(JSON.parse(readFileSync(quality, 'utf8'))) : undefined,
    hasFile: (path) => existsSync(resolve(root, path)),
  });
}

export function staticPages(): Plugin {
  const root = process.cwd();
  const pages = new Map<string, string>();
  return {
    name: 'static-pages',
    enforce: 'pre',
    async config(_, { command }) {
      if (command !== 'build') return {};
      for (const { path, text } of await makePages(root)) pages.set(resolve(root, path), text);
      return { build: { rolldownOptions: { input: ['index.html', ...pages.keys()] } } };
    },
    resolveId: (id) => (pages.has(id) ? id : undefined),
    load: (id) => pages.get(id),
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = (request.url ?? '').replace(/^\//, '').replace(/[?#].*$/, '');
        if (!/^[\w-]+\/(index\.html)?$/.test(path)) {
          next();
          return;
        }
        const file = path.endsWith('/') ? `${path}index.html` : path;
        makePages(root).then((all) => {
          const page = all.find((one) => one.path === file);
          if (!page) {
            next();
            return;
          }
          response.setHeader('Content-Type', 'text/html; charset=utf-8');
          response.end(page.text);
        }, next);
      });
    },
  };
}
