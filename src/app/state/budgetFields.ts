// What a person may type in the telemetry budget: which fields there are, what each accepts, and what is wrong with a text.
import { billingModels } from '../../billing/index.ts';
import { hoursOfMonth } from '../../billing/month.ts';
import type { BillingModel } from '../../billing/billingModel.ts';

export interface BudgetField {
  readonly id: string;
  readonly label: string;
  readonly unit: string;
  readonly low: number;
  readonly high: number;
  /** Whole numbers alone, and “7B” for seven billion. */
  readonly isCount: boolean;
  /** Undefined: nothing stands there until a person types it. */
  readonly initial: number | undefined;
}

const models: readonly BillingModel[] = billingModels;

export const priceField = (model: BillingModel): BudgetField => ({
  id: `price.${model.id}`,
  label: 'Price',
  unit: `$ per ${model.price.per}`,
  low: 0,
  high: 1e6,
  isCount: false,
  initial: model.price.dollars,
});

export const hoursField: BudgetField = {
  id: 'hours',
  label: 'Training',
  unit: 'hours a month',
  low: 0,
  high: hoursOfMonth,
  isCount: false,
  initial: hoursOfMonth,
};

export const secondsField: BudgetField = {
  id: 'seconds',
  label: 'One export every',
  unit: 'seconds',
  low: 0.001,
  high: 86_400,
  isCount: false,
  initial: 60,
};

export const parametersField: BudgetField = {
  id: 'parameters',
  label: 'Parameters of your model',
  unit: 'weights and biases',
  low: 1,
  high: 1e13,
  isCount: true,
  initial: undefined,
};

export const budgetFields: readonly BudgetField[] = [
  parametersField,
  hoursField,
  secondsField,
  ...models.map(priceField),
];

const factors: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9, bn: 1e9, t: 1e12 };

const pattern = /^((?:\d{1,3}(?:[,_\s]\d{3})+|\d+)(?:\.\d*)?|\.\d+)(e\+?\d+)?\s*([a-z]*)$/i;

/** The number in a text: “109,184”, “7e9”, with `isCount` also “7B”; NaN where it is none, as “6,50” with its comma. */
function numberIn(text: string, isCount: boolean): number {
  const [, digits = '', exponent = '', suffix = ''] = pattern.exec(text.trim()) ?? [];
  const factor = suffix === '' ? 1 : isCount ? (factors[suffix.toLowerCase()] ?? NaN) : NaN;
  const number = digits === '' ? NaN : Number(digits.replaceAll(/[,_\s]/g, '') + exponent) * factor;
  // 1.1 × 10⁹ is a whole number; in floating point it may not be.
  return isCount && Math.abs(number - Math.round(number)) < 1e-9 * number ? Math.round(number) : number;
}

const written = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: 3 });

export type Typed = { readonly value: number } | { readonly problem: string };

/** What a person typed into a field: its value, or a sentence that says what is accepted. */
export function readTyped({ label, low, high, isCount }: BudgetField, text: string): Typed {
  const value = numberIn(text, isCount);
  if (value >= low && value <= high && (!isCount || Number.isInteger(value))) return { value };
  const shown = text.trim() === '' ? 'empty' : `“${text.trim().slice(0, 30)}”`;
  const kind = isCount ? 'whole number' : 'number';
  const example = isCount ? ', such as 109,184 or 7B' : '';
  return {
    problem: `“${label}” is ${shown}: type a ${kind} from ${written(low)} to ${written(high)}${example}.`,
  };
}
