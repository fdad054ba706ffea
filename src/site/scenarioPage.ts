// The page of one scenario: what is seen, why, what tells, what fires, what helps, and the lines to take home.
import { percent } from '../core/wording.ts';
import { commentedRule } from '../detectors/alertRule.ts';
import { remedyName } from '../glossary/remedyName.ts';
import type { RemedyId } from '../remedies/index.ts';
import { remedyLines, rewindLines } from '../remedies/inCode.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { emitLines, type CoreSignal, type EmitLines } from '../signals/emitting.ts';
import type { QualityLine, SiteFacts } from './facts.ts';
import { html, type Html } from './html.ts';
import { makePage, type SitePage } from './page.ts';
import { code, liveHref, scenarioLink, stillsOf } from './parts.ts';
import {
  allScenarios,
  isBroken,
  startWords,
  tellingSignals,
  toldDetector,
  toldRemedies,
  type ToldRemedy,
} from './story.ts';

function inBoth({ pytorch, keras }: EmitLines, of: string): Html {
  return code(`# PyTorch\n${pytorch}\n# Keras\n${keras}`, `PyTorch and Keras: ${of}`);
}

/** How often the alarm is wrong, where that was measured. */
function wrong(line: QualityLine | undefined): Html | undefined {
  if (!line || line.healthyRuns === 0 || line.effective === 0) return undefined;
  const when = line.latencyMedian === null ? '' : `, half of them within ${line.latencyMedian} steps`;
  return html`<p>
    <b>How often it is wrong:</b> it fired in ${line.falselyAlarmed} of ${line.healthyRuns} healthy runs, and
    found ${line.detected} of ${line.effective} faults that did harm${when}. Measured on seeds that no
    threshold was tuned on.
  </p>`;
}

function firedOften(id: string, detector: string, { quality }: SiteFacts): string {
  const share = quality?.matrix[id]?.fired[detector];
  return share === undefined ? '' : ` It fired in ${percent(share)} of 20 seeds of this scenario.`;
}

function detectorPart(id: string, scenario: Scenario, facts: SiteFacts): Html {
  const { detector, rule, alertRules } = toldDetector(id, scenario);
  return html`<h3><a href="../glossary/#detector-${id}">${detector.title}</a></h3>
    <p><b>It reads:</b> ${rule}${firedOften(scenario.id, id, facts)}</p>
    ${wrong(facts.quality?.detectors[id])}
    ${alertRules.map((alert) => code(commentedRule(alert), `Alert rule ${alert.alert} for Prometheus`))}`;
}

function detectorsPart(scenario: Scenario, facts: SiteFacts): Html {
  const { expected, may = [] } = scenario;
  const others = may.map((id) => toldDetector(id, scenario).detector.title.toLowerCase());
  return html`<section aria-labelledby="alerts">
    <h2 id="alerts">Which alert fires</h2>
    ${
      expected.length === 0
        ? html`<p>None. No rule on these signals could tell; only labels of what users send would.</p>`
        : expected.map((id) => detectorPart(id, scenario, facts))
    }
    ${others.length > 0 ? html`<p>As a consequence may follow: ${others.join(', ')}.</p>` : undefined}
  </section>`;
}

function remedyPart({ remedy, context }: ToldRemedy, lines: Readonly<Record<string, EmitLines>>): Html {
  const name = remedyName(remedy, context);
  const own = lines[remedy.id];
  return html`<li>
    <h3>${name}</h3>
    <p>${remedy.why} ${startWords[remedy.starts]}</p>
    <p><b>What it cannot do:</b> ${remedy.limits(context)}</p>
    ${own ? inBoth(own, name) : undefined}
  </li>`;
}

function fixPart(scenario: Scenario): Html {
  const told = toldRemedies(scenario);
  const lines: Readonly<Record<RemedyId, EmitLines>> = remedyLines;
  const rewinds = told.some(({ remedy }) => remedy.starts !== 'here');
  return html`<section aria-labelledby="fix">
    <h2 id="fix">What helps, in the order worth trying</h2>
    <ol class="remedies">
      ${told.map((one) => remedyPart(one, lines))}
    </ol>
    ${
      rewinds
        ? html`<h3>To rewind</h3>
            <p>Keep a checkpoint every so many steps, and load the last one from before it showed:</p>
            ${inBoth(rewindLines, 'load a checkpoint')}`
        : undefined
    }
  </section>`;
}

function signalPart(signal: CoreSignal): Html {
  return html`<h3><a href="../glossary/#signal-${signal.id}">${signal.id}</a></h3>
    <p>${signal.description}</p>
    ${inBoth(emitLines[signal.id], `emit ${signal.id}`)}`;
}

function signalsPart(scenario: Scenario): Html {
  return html`<section aria-labelledby="signal">
    <h2 id="signal">What the telemetry shows</h2>
    <p>${scenario.signal}</p>
    ${tellingSignals(scenario).map(signalPart)}
    <p>
      <code>emit</code> sets an OpenTelemetry gauge; all core signals, and what the lines rest on, stand in
      the playground under <i>Core signals</i>. On paper: <a href="../handout/">the handout</a>.
    </p>
  </section>`;
}

function actions({ id, title }: Scenario): Html {
  return html`<p class="actions">
    <a class="button primary" href="${liveHref({ id })}">Open it live</a>
    <a class="button" href="../?lesson=short-${id}">As a short lesson</a>
    <span class="visually-hidden">${title}</span>
  </p>`;
}

/** Others of its group: what looks alike, and is not. */
function neighbours({ id, group }: Scenario): Html {
  const others = allScenarios.filter((other) => other.group === group && other.id !== id);
  return html`<section aria-labelledby="more">
    <h2 id="more">${group}: the others</h2>
    <ul class="list">
      ${others.map((other) => html`<li>${scenarioLink(other)}<br />${other.story}</li>`)}
    </ul>
  </section>`;
}

function brokenBody(scenario: Scenario, facts: SiteFacts): Html {
  return html`${stillsOf(scenario, facts, 'now')}
    <section aria-labelledby="cause">
      <h2 id="cause">Why it happens</h2>
      <p>${scenario.cause}</p>
    </section>
    ${signalsPart(scenario)} ${detectorsPart(scenario, facts)} ${fixPart(scenario)}`;
}

/** A healthy network: what can be done to it. */
function healthyBody(scenario: Scenario, facts: SiteFacts): Html {
  const same = allScenarios.filter((other) => isBroken(other) && other.recipe.data === scenario.recipe.data);
  return html`${stillsOf(scenario, facts, 'now')}
    <section aria-labelledby="cause">
      <h2 id="cause">What to do with it</h2>
      <p>
        Nothing is wrong, and over ${scenario.steps.toLocaleString('en-US')} steps no alert fires. Open it,
        wait until it has learned, and press one of the faults.
      </p>
      ${
        same.length > 0
          ? html`<p>What goes wrong on the same data:</p>
              <ul class="list">
                ${same.map((other) => html`<li>${scenarioLink(other)}<br />${other.story}</li>`)}
              </ul>`
          : undefined
      }
    </section>`;
}

export function scenarioPage(scenario: Scenario, facts: SiteFacts): SitePage {
  const { id, title, story, cause, group } = scenario;
  return makePage({
    folder: id,
    title: isBroken(scenario) ? `${title}: symptom, cause, fix` : title,
    description: isBroken(scenario) ? `${story} ${cause}` : story,
    body: html`<p class="kicker">${group}</p>
      <h1>${title}</h1>
      <p class="lead">${story}</p>
      ${actions(scenario)} ${isBroken(scenario) ? brokenBody(scenario, facts) : healthyBody(scenario, facts)}
      ${neighbours(scenario)}`,
  });
}
