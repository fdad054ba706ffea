// docs/core-signals.md as text: every core signal with its unit, its meaning, a line of PyTorch, a line of Keras and an alert rule.
import { commentedRule } from '../../detectors/alertRule.ts';
import { signalRule } from '../../detectors/signalRules.ts';
import { coreSignals, emitLines, names, preamble, type CoreSignal } from '../../signals/emitting.ts';
import { prometheusName } from '../../signals/prometheus.ts';
import { table } from '../../figures/table.ts';

const intro = `# Core signals

Few, aggregated and cheap: what a training loop should emit, under one set of names, so that the same alert rules and dashboards serve every
framework. Written by \`src/cli/coreSignals.ts\` from the same data as the page's panel “Core signals”; do not edit.

Names in Prometheus are those of its OTLP endpoint and of the Collector's exporters with their default translation: dots become underscores, units in
braces are dropped, a gauge of unit \`1\` ends in \`_ratio\` once, a counter in \`_total\`. Attributes become labels: \`layer.name\` is \`layer_name\`,
\`signal.name\` is \`signal_name\`. \`service.instance.id\`, the run, is the label \`instance\`.
A signal that does not apply is not emitted: never as 0, never as NaN.

The windows of the rules are in seconds and mean steps; see the head of \`alerts/trainwreck.rules.yml\`. The PyTorch lines ran here (PyTorch 1.13); the Keras lines did not.
`;

function code(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

function sectionOf(signal: CoreSignal): string {
  const { pytorch, keras } = emitLines[signal.id];
  return [
    `## ${signal.id}`,
    `${signal.description} \`${signal.metric}\`, ${signal.instrument}, unit \`${signal.unit}\`${signal.scope === 'layer' ? ', with `layer.name`' : ''}; in Prometheus \`${prometheusName(signal)}\`.`,
    code('python', `# PyTorch\n${pytorch}\n# Keras\n${keras}`),
    code('yaml', commentedRule(signalRule(signal))),
  ].join('\n\n');
}

export function coreSignalsPage(): string {
  const overview = coreSignals.map((signal) => [
    `[${signal.id}](#${signal.id})`,
    `\`${prometheusName(signal)}\``,
    `\`${signal.unit}\``,
    signal.description,
  ]);
  return `${[
    intro,
    table(['signal', 'in Prometheus', 'unit', 'what it is'], overview),
    '## What the lines rest on',
    code('python', preamble),
    table(
      ['name', 'stands for'],
      names.map(([name, meaning]) => [`\`${name}\``, meaning]),
    ),
    ...coreSignals.map(sectionOf),
  ].join('\n\n')}\n`;
}
