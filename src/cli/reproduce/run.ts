// The whole command: reads the order, trains, and puts the files in place; every way in which it can end has an exit status.
import { RecipeError } from '../../core/recipe.ts';
import type { Dataset, FileLoader } from '../../data/dataset.ts';
import { loadDataset } from '../../data/index.ts';
import { messageOf } from '../../worker/messageOf.ts';
import { makeNodeEngine } from '../nodeEngine.ts';
import { parseCommandLine, usage, type CommandLine } from './options.ts';
import { readOrder, type Order } from './order.ts';
import { checkFolder, placeFiles } from './place.ts';
import { filesOf, findingsJson, train, type Reproduction } from './reproduction.ts';
import { Interrupted, type Workshop } from './train.ts';

const exitStatus = { done: 0, failed: 1, badInput: 2, interrupted: 130 } as const;

/** What surrounds the command. */
export interface Surroundings {
  /** Standard output and standard error, a text at a time. */
  readonly print: (text: string) => void;
  readonly say: (text: string) => void;
  /** A path of the command line as an absolute one. */
  readonly locate: (path: string) => string;
  readonly file: FileLoader;
  /** Aborted with `Interrupted` at Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Something that a person has to write differently; nothing was trained or written. */
class BadInput extends Error {}

interface Wanted {
  readonly commandLine: CommandLine;
  readonly order: Order;
  readonly dataset: Dataset;
}

/** All that can be wrong with what was asked for is found here, before anything runs. @throws BadInput */
async function prepare(args: readonly string[], surroundings: Surroundings): Promise<Wanted | undefined> {
  const { locate, file, print } = surroundings;
  const commandLine = check(() => parseCommandLine(args), `\n\n${usage}`);
  if (commandLine.help) {
    print(usage);
    return undefined;
  }
  const order = check(() => {
    checkFolder(locate(commandLine.out), commandLine.out);
    return readOrder(commandLine, locate);
  });
  const dataset = await loadDataset(order.recipe, { file, progress: () => undefined }).catch(
    (error: unknown) => {
      throw error instanceof RecipeError ? new BadInput(error.message) : error;
    },
  );
  return { commandLine, order, dataset };
}

function check<T>(read: () => T, hint = ''): T {
  try {
    return read();
  } catch (error) {
    throw new BadInput(`${messageOf(error)}${hint}`, { cause: error });
  }
}

/** For a person: what came of it, in a few lines. */
function summary({ title, findings, order }: Reproduction, out: string): string {
  const told = findings.map(
    ({ at, observation, severity, title: detector }) => `  ${at}  ${detector}, ${severity}: ${observation}`,
  );
  return [`${title}, seed ${order.recipe.seed}, ${order.steps} steps`, ...told, `Written to ${out}`].join(
    '\n',
  );
}

async function carryOut(
  { commandLine, order, dataset }: Wanted,
  { locate, print, say, signal }: Surroundings,
): Promise<void> {
  const engine = await makeNodeEngine(commandLine.engine);
  try {
    const workshop: Workshop = { engine, dataset, progress: say, signal };
    const reproduction = await train(order, workshop);
    const files = filesOf(reproduction, workshop);
    signal.throwIfAborted();
    placeFiles(locate(commandLine.out), files);
    print(commandLine.json ? findingsJson(reproduction).trimEnd() : summary(reproduction, commandLine.out));
  } finally {
    engine.dispose();
  }
}

/** Resolves with the exit status. */
export async function reproduce(args: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    const wanted = await prepare(args, surroundings);
    if (wanted) await carryOut(wanted, surroundings);
    return exitStatus.done;
  } catch (error) {
    if (error instanceof Interrupted) {
      surroundings.say('interrupted: nothing was written');
      return exitStatus.interrupted;
    }
    surroundings.say(messageOf(error));
    return error instanceof BadInput ? exitStatus.badInput : exitStatus.failed;
  }
}
