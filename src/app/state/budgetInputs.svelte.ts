// What a person typed in the telemetry budget; remembered on this machine, and nowhere else.
import { budgetFields, readTyped, type BudgetField } from './budgetFields.ts';

const key = 'trainwreck.budget';

type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What was kept, as far as the fields still accept it. */
function readKept(storage: Kept | undefined): Readonly<Record<string, number>> {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(key) ?? '{}');
    const values = Object.entries(kept ?? {}).flatMap(([id, value]: [string, unknown]) => {
      const field = budgetFields.find((one) => one.id === id);
      return field && typeof value === 'number' && 'value' in readTyped(field, String(value))
        ? [[id, value] as const]
        : [];
    });
    return Object.fromEntries(values);
  } catch {
    return {};
  }
}

export class BudgetInputs {
  #typed: Readonly<Record<string, number>> = $state.raw({});
  readonly #storage: Kept | undefined;
  readonly isTouched = $derived(Object.keys(this.#typed).length > 0);

  constructor(storage: Kept | undefined) {
    this.#storage = storage;
    this.#typed = readKept(storage);
  }

  value({ id, initial }: BudgetField): number | undefined {
    return this.#typed[id] ?? initial;
  }

  isTyped({ id }: BudgetField): boolean {
    return id in this.#typed;
  }

  /** Returns what is wrong with the text; the value stays as it was then. */
  type(field: BudgetField, text: string): string | undefined {
    const read = readTyped(field, text);
    if ('problem' in read) return read.problem;
    this.#keep({ ...this.#typed, [field.id]: read.value });
    return undefined;
  }

  /** Back to what the page came with: these fields, whatever else was typed. */
  reset(fields: readonly BudgetField[]): void {
    const ids = fields.map(({ id }) => id);
    this.#keep(Object.fromEntries(Object.entries(this.#typed).filter(([id]) => !ids.includes(id))));
  }

  #keep(typed: Readonly<Record<string, number>>): void {
    this.#typed = typed;
    try {
      if (this.isTouched) this.#storage?.setItem(key, JSON.stringify(typed));
      else this.#storage?.removeItem(key);
    } catch {
      // Full or forbidden: it is remembered until the page is closed.
    }
  }
}
