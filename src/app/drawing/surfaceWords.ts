// What the surface shows, in words, for those who cannot see it.
import type { Picture } from '../../worker/protocol.ts';
import { classShares, isLost } from './surfacePixels.ts';

/** What the surface of a table leaves out: it has two sides, and the network more inputs. Empty for points. Short: it covers the lower edge. */
export function sliceWords([across, up, ...others]: readonly string[]): string {
  if (across === undefined || up === undefined || others.length === 0) return '';
  return `Across ${across}, up ${up}, others at mean.`;
}

/** What the two kinds of marks are, where there are two. */
export function markWords(picture: Picture | null): string {
  return picture?.production ? '● training  ▲ what users send now' : '';
}

export function surfaceWords(picture: Picture | null, classes: number, covered: boolean): string {
  if (covered) return 'Decision surface, covered';
  if (picture?.surface == null) return 'Decision surface, not drawn yet';
  const sent = picture.production ? `, ${picture.production.labels.length} that users send now` : '';
  const examples = `${picture.training.labels.length} training examples${sent}`;
  if (isLost(picture.surface))
    return `Decision surface at step ${picture.step}: every output is NaN. ${examples}`;
  const shares = classShares(picture.surface, classes).map((share, label) => `class ${label} ${share} %`);
  return `Decision surface at step ${picture.step}: ${shares.join(', ')} of the area. ${examples}`;
}
