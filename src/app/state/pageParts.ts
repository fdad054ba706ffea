// The parts of the page by name, for links that show some of them alone and for links that hide some.
import { chartSpecs, type ChartId } from './chartSpecs.ts';

/** Parts, and the selector of the place where each stands on the whole page. */
export const pageParts = {
  narrator: '[data-testid="narrator"]',
  surface: '.place-model',
  figures: '.place-figures',
  neurons: '.place-neurons',
  charts: '.place-charts',
  lamps: '.place-lamps',
  card: '.place-alert',
  faults: '.place-faults',
  track: '.place-track',
} as const;

export type PagePart = keyof typeof pageParts;
/** What an embedded page can show: a part, one chart, or everything. */
export type EmbedView = PagePart | ChartId | 'all';

function isPart(name: string): name is PagePart {
  return Object.hasOwn(pageParts, name);
}

export function isChart(name: string): name is ChartId {
  return Object.hasOwn(chartSpecs, name);
}

export function isEmbedView(name: string): name is EmbedView {
  return name === 'all' || isPart(name) || isChart(name);
}

export const embedViews: readonly EmbedView[] = [
  ...Object.keys(pageParts).filter(isPart),
  ...Object.keys(chartSpecs).filter(isChart),
  'all',
];
