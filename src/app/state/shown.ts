// How a link wants the page to be shown: some views alone in a frame, for a projector, or without some controls.
import { thereAre } from '../../core/nearest.ts';
import type { RecipeProblem } from '../../core/recipe.ts';
import { controlNames } from './controls.ts';
import { embedViews, isEmbedView, type EmbedView } from './pageParts.ts';

export interface Shown {
  /** In an <iframe>: these views alone; undefined = the page. */
  readonly embed: readonly EmbedView[] | undefined;
  /** Large, for the back row. */
  readonly present: boolean;
  /** Controls that are left out. */
  readonly hide: readonly string[];
}

export const defaultView: EmbedView = 'surface';

/** Names between points, as those of signals; whoever types one may put commas. */
function names(text: string): readonly string[] {
  return [...new Set(text.split(/[.,]/).filter((name) => name !== ''))];
}

function unknown(
  field: string,
  given: readonly string[],
  there: readonly string[],
): readonly RecipeProblem[] {
  const wrong = given.filter((name) => !there.includes(name));
  if (wrong.length === 0) return [];
  return [
    { field, value: wrong.join('.'), reason: thereAre(there, wrong.length === 1 ? wrong[0] : undefined) },
  ];
}

/** Never throws: what is unknown is left out and told. */
export function readShown(search: string): {
  readonly shown: Shown;
  readonly problems: readonly RecipeProblem[];
} {
  const parameters = new URLSearchParams(search);
  const [embed, present] = [parameters.get('embed'), parameters.get('present')];
  const views = names(embed ?? '');
  const hidden = names(parameters.getAll('hide').join('.'));
  const known = views.filter(isEmbedView);
  const isSwitch = present === null || ['', 'on', 'off'].includes(present);
  return {
    shown: {
      embed: embed === null ? undefined : known.length > 0 ? known : [defaultView],
      present: present !== null && present !== 'off',
      hide: hidden.filter((name) => controlNames.includes(name)),
    },
    problems: [
      ...unknown('embed', views, embedViews),
      ...unknown('hide', hidden, controlNames),
      ...(isSwitch ? [] : [{ field: 'present', value: present, reason: 'must be on or off' }]),
    ],
  };
}

/** Parts of an address, as they were read. */
export function writeShown({ embed, present, hide }: Shown): readonly string[] {
  return [
    embed ? `embed=${embed.join('.')}` : '',
    present ? 'present=on' : '',
    hide.length > 0 ? `hide=${hide.join('.')}` : '',
  ];
}
