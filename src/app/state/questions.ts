// Questions to a training thread and its answers, each about one thing by its number.

export class Questions<Answer> {
  readonly #send: (about: number) => void;
  #waiting: readonly { readonly about: number; readonly hear: (answer: Answer | null) => void }[] = [];

  constructor(send: (about: number) => void) {
    this.#send = send;
  }

  /** Answered with null where the thread has nothing of it, or is gone. */
  ask(about: number): Promise<Answer | null> {
    return new Promise((hear) => {
      this.#waiting = [...this.#waiting, { about, hear }];
      this.#send(about);
    });
  }

  answer(about: number, answer: Answer | null): void {
    const asked = this.#waiting.filter((one) => one.about === about);
    this.#waiting = this.#waiting.filter((one) => one.about !== about);
    for (const { hear } of asked) hear(answer);
  }

  /** Nobody will answer any more. */
  giveUp(): void {
    const asked = this.#waiting;
    this.#waiting = [];
    for (const { hear } of asked) hear(null);
  }
}
