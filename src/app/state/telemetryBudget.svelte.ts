// The telemetry budget of the run looked at: what its parts share, the billing model chosen and what a month comes to.
import { createContext } from 'svelte';
import { billingModels } from '../../billing/index.ts';
import type { BillingModel } from '../../billing/billingModel.ts';
import { monthOf } from '../../billing/month.ts';
import type { Settings } from '../../core/settings.ts';
import { dollars } from '../../core/wording.ts';
import { excessAt, excessSignals } from '../../signals/excess.ts';
import type { TelemetryLevel } from '../../worker/protocol.ts';
import { hoursField, parametersField, priceField, secondsField } from './budgetFields.ts';
import type { BudgetInputs } from './budgetInputs.svelte.ts';
import { settingsNow } from './chapter.ts';
import { networkSize } from './networkSize.ts';
import type { Playground } from './playground.svelte.ts';
import type { Run } from './run.svelte.ts';

const excessNames: readonly string[] = excessSignals.map(({ metric }) => metric);

export class TelemetryBudget {
  readonly inputs: BudgetInputs;
  /** The model whose money is shown. */
  model: BillingModel = $state.raw(billingModels[0]);
  readonly #playground: Playground;

  constructor(playground: Playground, inputs: BudgetInputs) {
    this.#playground = playground;
    this.inputs = inputs;
  }

  get run(): Run {
    return this.#playground.looked;
  }

  readonly settings: Settings = $derived.by(() => settingsNow(this.run.position));
  readonly size = $derived.by(() => networkSize(this.run));

  /** What the person typed; undefined = nothing yet. */
  get parameters(): number | undefined {
    return this.inputs.value(parametersField);
  }

  /** Distinct metric names of an export at a level; undefined before the first export. */
  namesAt(level: TelemetryLevel): number | undefined {
    const names = this.run.telemetry.metrics.map(({ name }) => name);
    const core = names.filter((name, index) => names.indexOf(name) === index && !excessNames.includes(name));
    return core.length === 0 ? undefined : core.length + excessAt(level).length;
  }

  /** What is billed for a month at a level, in the unit of the model; undefined before the first export. */
  unitsFor(level: TelemetryLevel, exported: { series: number; bytes: number }): number | undefined {
    const names = this.namesAt(level);
    const [hours, seconds] = [this.inputs.value(hoursField), this.inputs.value(secondsField)];
    if (names === undefined || hours === undefined || seconds === undefined) return undefined;
    return this.model.units(monthOf({ ...exported, names }, { hours, seconds }));
  }

  /** “$5.51”, or a dash where the price, or what it is of, is not known. */
  moneyFor(level: TelemetryLevel, exported: { series: number; bytes: number }): string {
    const units = this.unitsFor(level, exported);
    const price = this.inputs.value(priceField(this.model));
    if (units === undefined || price === undefined) return '–';
    return dollars((price * units) / this.model.price.units);
  }

  /** What every figure of a month takes for granted. */
  get habit(): string {
    const [hours, seconds] = [hoursField, secondsField].map((field) =>
      this.inputs.value(field)?.toLocaleString('en-US', { maximumFractionDigits: 6 }),
    );
    return `A month: ${hours} hours of training, one export every ${seconds} s.`;
  }

  setLevel(level: TelemetryLevel): void {
    this.#playground.edit('telemetry', level);
  }
}

export const [getBudget, setBudget] = createContext<TelemetryBudget>();
