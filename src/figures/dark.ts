// A figure for a dark page: the same drawing, every colour exchanged for its counterpart in the dark look.
import { ink } from './frame.ts';

const darkOf: ReadonlyMap<string, string> = new Map([
  [ink.text, '#e8eaf0'],
  [ink.muted, '#a3a9bd'],
  [ink.ghost, '#8a91a8'],
  [ink.action, '#8fa8ff'],
  [ink.warning, '#f0a63a'],
  [ink.firing, '#ff7a66'],
  [ink.line, '#31374a'],
  [ink.paper, '#1a1e2b'],
  ['#fff', '#1a1e2b'],
  // The lines of deeper layers.
  ['#0b7a75', '#5cc9c2'],
  ['#7a4bb5', '#c3a0f5'],
  ['#5b6b00', '#b9c95a'],
  ['#a0407a', '#f08cc4'],
]);

export function inDark(svg: string): string {
  return svg.replaceAll(/#[0-9a-f]{3}(?:[0-9a-f]{3})?\b/g, (colour) => darkOf.get(colour) ?? colour);
}
