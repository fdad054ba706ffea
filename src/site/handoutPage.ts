// The handout: two sheets of A4, safe in black and white. Silhouettes to predict on, and the signals to take home.
import { detectors } from '../detectors/index.ts';
import { remedyName } from '../glossary/remedyName.ts';
import { scenarioOf } from '../scenarios/index.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { coreSignals, emitLines } from '../signals/emitting.ts';
import type { SiteFacts } from './facts.ts';
import { html, type Html } from './html.ts';
import { makePage, type SitePage } from './page.ts';
import { healthy, silhouettePath, silhouettes, type Silhouette } from './silhouettes.ts';
import { allScenarios, toldDetector, toldRemedies } from './story.ts';

function drawing(
  scenario: string,
  part: 'surface' | 'signal',
  alt: string,
  { hasFile }: SiteFacts,
): Html | undefined {
  const path = silhouettePath(scenario, part);
  if (!hasFile(path)) return undefined;
  const [width, height] = part === 'surface' ? [96, 96] : [240, 96];
  return html`<img src="/${path}" alt="${alt}" width="${width}" height="${height}" />`;
}

function patternRow(silhouette: Silhouette, scenario: Scenario, facts: SiteFacts): Html {
  const { title, group } = scenario;
  return html`<tr>
    <th scope="row">${group}<br /><span>${title}</span></th>
    <td>${drawing(scenario.id, 'surface', `Decision surface: ${scenario.story}`, facts)}</td>
    <td>
      ${drawing(scenario.id, 'signal', `Course of ${silhouette.signal}: ${scenario.signal}`, facts)}
      <code>${silhouette.signal}</code>
    </td>
    <td class="blank">
      <p>I predict:</p>
      <p>What helps:</p>
    </td>
  </tr>`;
}

function healthyRow(facts: SiteFacts): Html {
  return html`<tr>
    <th scope="row">Healthy<br /><span>Before anything is pressed</span></th>
    <td>${drawing(healthy.scenario, 'surface', 'Decision surface: a disk inside a ring.', facts)}</td>
    <td>Every lamp is clear.</td>
    <td class="blank"><p>The lamp I would watch:</p></td>
  </tr>`;
}

function patterns(facts: SiteFacts): Html {
  const rows = silhouettes.flatMap((silhouette) => {
    const scenario = scenarioOf(silhouette.scenario);
    return scenario ? [patternRow(silhouette, scenario, facts)] : [];
  });
  return html`<table class="patterns">
    <caption>
      Grey: where the network answers ●. Triangles: what users send. Grey rule: the fault. Dashed: the limit.
    </caption>
    <thead>
      <tr>
        <th scope="col">Pattern</th>
        <th scope="col">The network</th>
        <th scope="col">The signal that tells</th>
        <th scope="col">Yours</th>
      </tr>
    </thead>
    <tbody>
      ${healthyRow(facts)} ${rows}
    </tbody>
  </table>`;
}

/** A row for a detector, from the first scenario in which it must fire. */
function detectorRow(id: string): Html | undefined {
  const scenario = allScenarios.find(({ expected }) => expected.some((detector) => detector === id));
  if (!scenario) return undefined;
  const { detector, rule } = toldDetector(id, scenario);
  const [first] = toldRemedies(scenario);
  return html`<tr>
    <th scope="row">${detector.title}</th>
    <td>${rule}</td>
    <td>${first ? remedyName(first.remedy, first.context) : ''}</td>
  </tr>`;
}

function signalRows(): Html {
  return html`${coreSignals.map(
    ({ id }) =>
      html`<tr>
        <th scope="row"><code>${id}</code></th>
        <td><code>${emitLines[id].pytorch}</code></td>
      </tr>`,
  )}`;
}

export function handoutPage(facts: SiteFacts): SitePage {
  return makePage({
    folder: 'handout',
    title: 'Handout: four ways in which training fails, and the signals that tell',
    description:
      'Two sheets to print: the silhouettes of five failures with room for predictions, every alert with its limit and first remedy, and the core signals in PyTorch.',
    body: html`<div class="sheet">
        <h1>Four ways in which training fails</h1>
        <p class="lead">
          Predict first, then press: <b>Predict · Break · Explain · Fix</b>. Each failure has its own
          silhouette.
        </p>
        ${patterns(facts)}
        <p class="line">Which signal does my own training not emit?</p>
        <p class="line">Which alert do I set up first?</p>
      </div>
      <div class="sheet">
        <h2>Every alert, its limit, and what to try first</h2>
        <table class="dense">
          <thead>
            <tr>
              <th scope="col">Alert</th>
              <th scope="col">It fires on</th>
              <th scope="col">Try first</th>
            </tr>
          </thead>
          <tbody>
            ${detectors.map(({ id }) => detectorRow(id))}
          </tbody>
        </table>
        <h2>The core signals, in PyTorch</h2>
        <table class="dense">
          <thead>
            <tr>
              <th scope="col">Signal</th>
              <th scope="col">Line</th>
            </tr>
          </thead>
          <tbody>
            ${signalRows()}
          </tbody>
        </table>
        <p>
          <code>emit</code> sets an OpenTelemetry gauge. What the lines rest on, the same for Keras, and the
          alert rules: in the playground under <i>Core signals</i> and <i>Alert rules</i>.
        </p>
      </div>`,
  });
}
