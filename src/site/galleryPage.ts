// Every scenario, broken and repaired, grouped as in the menu.
import type { Scenario } from '../scenarios/scenario.ts';
import type { SiteFacts } from './facts.ts';
import { html, type Html } from './html.ts';
import { makePage, type SitePage } from './page.ts';
import { liveHref, stillsOf } from './parts.ts';
import { allScenarios, groups, isBroken } from './story.ts';

function card(scenario: Scenario, facts: SiteFacts): Html {
  const { id, title, story } = scenario;
  return html`<li class="card" id="${id}">
    <h3><a href="../${id}/">${title}</a></h3>
    <p>${story}</p>
    ${stillsOf(scenario, facts, 'lazy')}
    <p class="links">
      <a href="../${id}/" aria-label="${title}: ${isBroken(scenario) ? 'why, and what helps' : 'more'}"
        >${isBroken(scenario) ? 'Why, and what helps' : 'More'}</a
      >
      <a href="${liveHref(scenario)}" aria-label="${title}: open it live">Open it live</a>
    </p>
  </li>`;
}

/** `Training instability` → `training-instability` */
function anchorOf(group: string): string {
  return group.toLowerCase().replaceAll(/[^a-z]+/g, '-');
}

export function galleryPage(facts: SiteFacts): SitePage {
  return makePage({
    folder: 'gallery',
    title: 'Gallery: every failure, broken and repaired',
    description:
      'Each way in which training fails has its own silhouette. All scenarios of the playground as pictures, broken and repaired, taken from real runs.',
    body: html`<h1>Gallery</h1>
      <p class="lead">
        Each failure has its own silhouette. Left as it broke, right after the first remedy with the broken
        run in grey: pictures of the playground, taken by a script from real runs.
      </p>
      <ul class="jump">
        ${groups.map((group) => html`<li><a href="#${anchorOf(group)}">${group}</a></li>`)}
      </ul>
      ${groups.map(
        (group) =>
          html`<section aria-labelledby="${anchorOf(group)}">
            <h2 id="${anchorOf(group)}">${group}</h2>
            <ul class="cards">
              ${allScenarios.filter((scenario) => scenario.group === group).map((scenario) => card(scenario, facts))}
            </ul>
          </section>`,
      )}`,
  });
}
