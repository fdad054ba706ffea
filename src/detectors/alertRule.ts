// What an alert rule is, and how it is written: Prometheus' alerting rules, from which page, file and tests are made.

/**
 * One Prometheus alerting rule over the metric names that an OTLP → Prometheus translation gives. Windows are in seconds and mean steps: a rule
 * knows only time, and is exact where a run makes one step a second and exports each.
 */
export interface AlertRule {
  /** Name of the alert. */
  readonly alert: string;
  /** PromQL, one or several lines. */
  readonly expr: string;
  /** The expression must hold for this many seconds after it first did; absent = none. */
  readonly forSeconds?: number;
  readonly severity: 'warning' | 'critical';
  /** For whom it wakes: what happens and what helps. Prometheus fills in `{{ $labels.… }}`. */
  readonly summary: string;
  /** Where the rule says less than the detector, or something else, in sentences. */
  readonly limits: string;
}

/**
 * A range that holds exactly this many samples of one second. It ends half a second short: up to Prometheus 2 a range has both its ends, from 3.0
 * on only the later one, so that `[50s]` would hold 51 samples or 50.
 */
export function lastSteps(count: number): string {
  return `${count - 1}s500ms`;
}

function indented(text: string, by: string): string {
  return text
    .split('\n')
    .map((line) => `${by}${line}`)
    .join('\n');
}

/** Words in lines of at most `width` characters. */
function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** The rule as an element of a list in YAML. */
export function ruleYaml({ alert, expr, forSeconds, severity, summary }: AlertRule): string {
  return [
    `- alert: ${alert}`,
    '  expr: |',
    indented(expr, '    '),
    ...(forSeconds === undefined ? [] : [`  for: ${forSeconds}s`]),
    '  labels:',
    `    severity: ${severity}`,
    '  annotations:',
    // A JSON string is a quoted string of YAML.
    `    summary: ${JSON.stringify(summary)}`,
  ].join('\n');
}

/** The same below its limits as a comment: how it leaves the page. */
export function commentedRule(rule: AlertRule): string {
  return [...wrapped(rule.limits, 100).map((line) => `# ${line}`), ruleYaml(rule)].join('\n');
}

/** A file of rules, as Prometheus reads it. */
export function rulesFile(
  groups: readonly { readonly name: string; readonly rules: readonly AlertRule[] }[],
): string {
  return [
    'groups:',
    ...groups.flatMap(({ name, rules }) => [
      `  - name: ${name}`,
      '    rules:',
      ...rules.map((rule) => indented(commentedRule(rule), '      ')),
    ]),
    '',
  ].join('\n');
}
