// How a test starts a run: as fast as it goes, in plain JavaScript, unseen; whatever is given stands instead.
import type { Recipe } from '../../src/core/recipe.ts';
import { writeLink } from '../../src/scenarios/writeLink.ts';
import type { StartMessage } from '../../src/worker/protocol.ts';

export function startMessage(recipe: Recipe, changes: Partial<StartMessage> = {}): StartMessage {
  return {
    kind: 'start',
    runId: 'run-1',
    recipe,
    link: writeLink(recipe),
    generation: 0,
    engine: 'compiled.plain',
    base: 'http://localhost/',
    pace: 'max',
    paused: false,
    hidden: false,
    atAlert: 'nothing',
    pictures: 0,
    ...changes,
  };
}
