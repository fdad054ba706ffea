// The name of a scenario’s short lesson in links.
import type { Scenario } from '../../scenarios/scenario.ts';

export function shortLessonId({ id }: Pick<Scenario, 'id'>): string {
  return `short-${id}`;
}
