// What draws the lines of charts: fetched after the first paint, while the first rows are computed.
import { Later } from '../state/later.svelte.ts';

export const plotting = new Later(() => import('./plot.ts'));
