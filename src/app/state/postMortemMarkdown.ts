// A post-mortem as text to paste into an issue or a page.
import { percent, whole } from '../../core/wording.ts';
import { markdownAddress } from '../../figures/markdownText.ts';
import type { PostMortem } from './postMortem.ts';

/** @param link where the run can be replayed */
export function postMortemMarkdown(
  { at, verdict, lines, received, production, right, sooner }: PostMortem,
  link: string,
) {
  const share = production ? `${percent(production.right)} of ${whole(production.count)}` : 'not known';
  return [
    `## Post-mortem: shipped at step ${whole(at)}`,
    '',
    verdict,
    '',
    '| step | what happened |',
    '| ---: | --- |',
    ...lines.map(({ step, text }) => `| ${whole(step)} | ${text.replaceAll('|', '\\|')} |`),
    '',
    `- alerts received: ${received}`,
    `- ${right} in production: ${share}`,
    ...(sooner === undefined ? [] : [`- ${sooner}`]),
    '',
    `[The run](${markdownAddress(link)})`,
    '',
  ].join('\n');
}
