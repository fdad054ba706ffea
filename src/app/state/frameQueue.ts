// Work that arrives between two frames is done in one go: three workers that each speak every frame would draw the page three times.

/** A hidden tab has no frames. */
const longestWait = 250;

export class FrameQueue {
  #tasks: (() => void)[] = [];
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  enqueue(task: () => void): void {
    this.#tasks.push(task);
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(this.#run, longestWait);
    this.#frame = requestAnimationFrame(this.#run);
  }

  readonly #run = () => {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const tasks = this.#tasks;
    this.#tasks = [];
    for (const task of tasks) task();
  };
}
