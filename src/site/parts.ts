// Parts that several pages have.
import type { Scenario } from '../scenarios/scenario.ts';
import type { SiteFacts } from './facts.ts';
import { html, type Html } from './html.ts';
import { isBroken } from './story.ts';
import { momentsOf, stillPath, stillSize, type Moment } from './stills.ts';

export function scenarioLink({ id, title }: Pick<Scenario, 'id' | 'title'>): Html {
  return html`<a href="../${id}/">${title}</a>`;
}

/** The playground with this scenario. */
export function liveHref({ id }: Pick<Scenario, 'id'>): string {
  return `../?scenario=${id}`;
}

/** Code, which a keyboard can scroll where it is too wide. */
export function code(text: string, label: string): Html {
  return html`<pre tabindex="0" role="region" aria-label="${label}"><code>${text}</code></pre>`;
}

const captions: Readonly<Record<Moment, string>> = {
  learned: 'As it learned',
  broken: 'Broken',
  repaired: 'Repaired',
};

function altOf({ title, story, remedies }: Scenario, moment: Moment): string {
  const charts = 'its decision surface or confusion matrix, its neurons and its charts';
  if (moment === 'learned') return `${title}, healthy: ${charts}.`;
  if (moment === 'broken') return `${title}, broken: ${charts}. ${story}`;
  return `${title} after the remedy ${remedies[0]}: ${charts}, with the broken run in grey.`;
}

function still(scenario: Scenario, moment: Moment, isLazy: boolean): Html {
  return html`<figure>
    <img
      src="/${stillPath(scenario, moment)}"
      alt="${altOf(scenario, moment)}"
      width="${stillSize.width}"
      height="${stillSize.height}"
      ${isLazy ? html`loading="lazy"` : undefined}
    />
    <figcaption>${captions[moment]}</figcaption>
  </figure>`;
}

/** Broken and repaired side by side, as far as they have been taken. */
export function stillsOf(
  scenario: Scenario,
  { hasFile }: SiteFacts,
  loading: 'now' | 'lazy',
): Html | undefined {
  const taken = momentsOf(scenario).filter((moment) => hasFile(stillPath(scenario, moment)));
  if (taken.length === 0) return undefined;
  return html`<div class="stills ${isBroken(scenario) ? 'pair' : 'single'}">
    ${taken.map((moment) => still(scenario, moment, loading === 'lazy'))}
  </div>`;
}
