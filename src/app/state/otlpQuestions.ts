// Questions to a training thread for items as they would be sent, and its answers.
import type { Otlp } from '../../worker/protocol.ts';

/** Answers with null where the item was too long ago, or its thread is gone. */
export type AskOtlp = (item: number) => Promise<Otlp | null>;

export class OtlpQuestions {
  readonly #send: (item: number) => void;
  #waiting: readonly { readonly item: number; readonly hear: (otlp: Otlp | null) => void }[] = [];

  constructor(send: (item: number) => void) {
    this.#send = send;
  }

  ask(item: number): Promise<Otlp | null> {
    return new Promise((hear) => {
      this.#waiting = [...this.#waiting, { item, hear }];
      this.#send(item);
    });
  }

  answer(item: number, otlp: Otlp | null): void {
    for (const one of this.#waiting) if (one.item === item) one.hear(otlp);
    this.#waiting = this.#waiting.filter((one) => one.item !== item);
  }

  /** Nobody will answer any more. */
  giveUp(): void {
    for (const { hear } of this.#waiting) hear(null);
    this.#waiting = [];
  }
}
