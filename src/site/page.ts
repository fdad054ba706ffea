// What every static page has: head, policy, the way to the others.
import { html, type Html } from './html.ts';

/** A page as a file of the built site. */
export interface SitePage {
  /** `loss-spike/index.html` */
  readonly path: string;
  readonly text: string;
}

/** A page before it has head and navigation. */
export interface PageContent {
  /** Its folder, and its address: `loss-spike`. */
  readonly folder: string;
  /** Before the name of the site. */
  readonly title: string;
  /** What a search shows, in one or two sentences. */
  readonly description: string;
  readonly body: Html;
}

/** The pages that every other one leads to, in the order of the navigation. */
const mainPages = [
  { folder: 'symptoms', name: 'Symptom finder' },
  { folder: 'gallery', name: 'Gallery' },
  { folder: 'glossary', name: 'Glossary' },
  { folder: 'handout', name: 'Handout' },
  { folder: 'instructor', name: 'For instructors' },
] as const;

/** No script at all, and nothing from elsewhere. */
const policy =
  "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'";

function navigation(current: string): Html {
  return html`<nav aria-label="Trainwreck">
    <a class="name" href="../"><img src="/favicon.svg" alt="" width="24" height="24" />Trainwreck</a>
    <ul>
      ${mainPages.map(
        ({ folder, name }) =>
          html`<li>
            <a href="../${folder}/" ${folder === current ? html`aria-current="page"` : undefined}>${name}</a>
          </li>`,
      )}
    </ul>
  </nav>`;
}

/** No og:image: previewers take whole addresses alone, and a build does not know which host it will lie on. */
export function makePage({ folder, title, description, body }: PageContent): SitePage {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <title>${title} · Trainwreck</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="description" content="${description}" />
        <meta name="color-scheme" content="light dark" />
        <meta property="og:type" content="article" />
        <meta property="og:site_name" content="Trainwreck" />
        <meta property="og:title" content="${title}" />
        <meta property="og:description" content="${description}" />
        <link rel="icon" type="image/svg+xml" href="/favicon.svg" />
        <link rel="stylesheet" href="/src/site/site.css" />
      </head>
      <body class="${folder}">
        <a class="skip" href="#content">Skip to the content</a>
        <header>${navigation(folder)}</header>
        <main id="content">${body}</main>
        <footer>
          <p>
            Trainwreck trains small neural networks in your browser, breaks them on purpose, and shows which
            signal catches it. <a href="../">Open the playground</a>. Nothing leaves the page.
          </p>
        </footer>
      </body>
    </html> `;
  return { path: `${folder}/index.html`, text: page.markup };
}
