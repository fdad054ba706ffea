// The glossary as a page; the playground shows the same in a drawer.
import { glossary } from '../glossary/index.ts';
import { html, type Html } from './html.ts';
import { makePage, type SitePage } from './page.ts';

function termList(): Html {
  return html`${glossary.map(
    ({ heading, terms }, place) =>
      html`<section aria-labelledby="terms-${place}">
        <h2 id="terms-${place}">${heading}</h2>
        <dl class="terms">
          ${terms.map(
            ({ id, term, text }) =>
              html`<dt id="${id}">${term}</dt>
                <dd>${text}</dd>`,
          )}
        </dl>
      </section>`,
  )}`;
}

export function glossaryPage(): SitePage {
  return makePage({
    folder: 'glossary',
    title: 'Glossary of training and its telemetry',
    description:
      'Gradient norm, dead ReLU, KL divergence, checkpoint, series, OTLP and the other words of the playground, each explained once.',
    body: html`<h1>Glossary</h1>
      <p class="lead">The words of the playground, each explained once.</p>
      <ul class="jump">
        ${glossary.map(({ heading }, place) => html`<li><a href="#terms-${place}">${heading}</a></li>`)}
      </ul>
      ${termList()}`,
  });
}
