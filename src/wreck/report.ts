// What a person is told of how their logs were read: the first problems, and notes, with the file where there are several.
import { counted } from '../core/wording.ts';

const mostProblems = 6;

/** Of one file. */
export interface FileReport {
  problem(text: string): void;
  note(text: string): void;
}

/** With the file's name in front where another could say the same. */
export function inFile(file: string, files: number): string {
  return files > 1 ? `${file}: ` : '';
}

export class Report {
  readonly problems: string[] = [];
  readonly notes: string[] = [];
  readonly #files: number;
  #problemCount = 0;

  constructor(files: number) {
    this.#files = files;
  }

  of(file: string): FileReport {
    const place = inFile(file, this.#files);
    return {
      problem: (text) => {
        this.#problemCount++;
        if (this.problems.length < mostProblems) this.problems.push(place + text);
      },
      note: (text) => this.notes.push(place + text),
    };
  }

  end(): void {
    const more = this.#problemCount - this.problems.length;
    if (more > 0) this.problems.push(`And ${counted(more, 'more cell')} like these.`);
  }
}
