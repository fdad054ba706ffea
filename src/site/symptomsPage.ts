// The symptom finder: what do you see? Without a script, as a list to open.
import { detectors } from '../detectors/index.ts';
import { scenarioOf } from '../scenarios/index.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { html, type Html } from './html.ts';
import { makePage, type SitePage } from './page.ts';
import { liveHref, scenarioLink } from './parts.ts';
import { allScenarios, isBroken } from './story.ts';
import { symptoms } from './symptoms.ts';

function target(scenario: Scenario): Html {
  return html`<li>
    ${scenarioLink(scenario)}<br />${scenario.cause} <a href="${liveHref(scenario)}">See it live</a>
  </li>`;
}

function targets(ids: readonly string[]): Html {
  return html`<ul class="list">
    ${ids.flatMap((id) => scenarioOf(id) ?? []).map(target)}
  </ul>`;
}

function finder(): Html {
  return html`${symptoms.map(
    ({ id, seen, leads }) =>
      html`<details id="${id}">
        <summary><h2>${seen}</h2></summary>
        <dl>
          ${leads.map(
            ({ when, to }) =>
              html`<dt>… and ${when}</dt>
                <dd>${targets(to)}</dd>`,
          )}
        </dl>
      </details>`,
  )}`;
}

/** Somebody with an alert in hand; so a new scenario is found too. */
function byAlert(): Html {
  const quiet = allScenarios.filter((scenario) => isBroken(scenario) && scenario.expected.length === 0);
  const fired = detectors.map(({ id, title }) => ({
    title,
    found: allScenarios.filter(({ expected }) => expected.includes(id)),
  }));
  return html`<section aria-labelledby="alerts">
    <h2 id="alerts">Or by the alert that fired</h2>
    <dl class="columns">
      ${[...fired, { title: 'None at all', found: quiet }].map(
        ({ title, found }) =>
          html`<dt>${title}</dt>
            <dd>
              <ul class="plain">
                ${found.map((scenario) => html`<li>${scenarioLink(scenario)}</li>`)}
              </ul>
            </dd>`,
      )}
    </dl>
  </section>`;
}

export function symptomsPage(): SitePage {
  return makePage({
    folder: 'symptoms',
    title: 'What do you see? A symptom finder for training runs',
    description:
      'The loss jumped, is NaN or stopped falling; validation leaves training behind; metrics are fine and users are not: from the symptom to its cause, its alert rule and its fix.',
    body: html`<h1>What do you see?</h1>
      <p class="lead">
        Open what looks like your run. Each answer leads to a page with the cause, the signal that shows it,
        an alert rule, and what helps; and to the same failure, live.
      </p>
      <div class="finder">${finder()}</div>
      ${byAlert()}`,
  });
}
