// What a figure is called and what stands below it: file names, captions, and the Markdown of a docs page.
import { counted } from '../core/wording.ts';
import { findingsOf } from './findings.ts';
import { description } from './figure.ts';
import { markdownAddress, markdownText } from './markdownText.ts';
import { lastStep, type Scene } from './scene.ts';
import { causesSection, doneSection, findingsSection } from './sections.ts';

/** What the files of a run begin with: `loss-spike-seed-7`. */
export function fileStem(id: string, seed: number): string {
  return `${id.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase()}-seed-${seed}`;
}

/** One line below a figure. */
export function caption(scene: Scene): string {
  const { title, context } = scene;
  return `${title}. Seed ${context.recipe.seed}, ${counted(lastStep(scene), 'step')}.`;
}

/** A figure with its caption and the link that replays it, then what was done and found. */
export function markdown(
  scene: Scene,
  { figure, link }: { readonly figure: string; readonly link: string },
): string {
  return [
    `![${markdownText(description(scene))}](${figure})`,
    `*${markdownText(caption(scene))}* [Replay this run](${markdownAddress(link)})`,
    '## What is done',
    doneSection(scene.runs),
    '## What the detectors say',
    findingsSection(scene.runs),
    causesSection(findingsOf(scene.runs)),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}
