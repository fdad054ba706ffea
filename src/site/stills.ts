// The stills that `npm run gallery` takes of every scenario: which there are, and where each lies.
import type { Scenario } from '../scenarios/scenario.ts';

export const stillFolder = 'docs/pictures/gallery';
/** Pixels; the parts of the page that tell, at half their size. */
export const stillSize = { width: 640, height: 307 };

/** A healthy network is shown once, as it learned. */
export type Moment = 'learned' | 'broken' | 'repaired';

export function momentsOf({ remedies }: Pick<Scenario, 'remedies'>): readonly Moment[] {
  return remedies.length === 0 ? ['learned'] : ['broken', 'repaired'];
}

export function stillName({ id }: Pick<Scenario, 'id'>, moment: Moment): string {
  return `${id}-${moment}.webp`;
}

export function stillPath(scenario: Pick<Scenario, 'id'>, moment: Moment): string {
  return `${stillFolder}/${stillName(scenario, moment)}`;
}
