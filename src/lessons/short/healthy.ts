// A short lesson on a network with which nothing is wrong: an alarm that comes would be a false one.
import { counted, percent } from '../../core/wording.ts';
import { datasetPart } from '../../data/index.ts';
import { readers } from '../../detectors/index.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import type { Beat, RunFacts } from '../lesson.ts';
import { paceFor, seconds } from './pacing.ts';
import { silence, toldBy } from './told.ts';

const rightNow = (run: RunFacts): string => percent(run.value('validation_accuracy', run.step) ?? NaN);

const alarms = (run: RunFacts): string => toldBy(run, 0)?.join(' ') ?? silence(run, 0);

export function healthyBeats({ recipe, steps }: Scenario): readonly Beat[] {
  return [
    {
      id: 'watch',
      stage: 'predict',
      say: () => [`A network learns ${datasetPart(recipe.data).task}.`, 'Nothing will be done to it.'],
      to: 1,
      pace: 60,
      until: 'there',
    },
    {
      id: 'predict',
      stage: 'predict',
      say: () => [
        `A network learns ${datasetPart(recipe.data).task}.`,
        `Will an alarm come in ${counted(steps, 'step')}?`,
      ],
      text: 'Half a minute, and nothing is scored.',
      asks: [
        {
          id: 'alarm',
          text: `Will any alarm come in ${counted(steps, 'step')}?`,
          choices: [
            { id: 'none', text: 'No, none' },
            { id: 'one', text: 'Yes, one' },
            { id: 'more', text: 'Yes, several' },
          ],
          happened: alarms,
        },
      ],
      until: 'answered',
    },
    {
      id: 'train',
      stage: 'break',
      say: (seen) => [`Right on validation: ${rightNow(seen)}.`, 'Nothing is broken. Watch the lamps.'],
      to: steps,
      pace: paceFor(steps, seconds.before + seconds.after),
      until: 'there',
    },
    {
      id: 'explain',
      stage: 'explain',
      explains: true,
      say: (seen) => [alarms(seen), `${counted(readers.length, 'detector')} looked at every step.`],
      text: 'Batches differ, the gradient jumps about, and the loss is never smooth. A detector that alarms at that is switched off before the day on which it is needed.',
      until: { press: 'Go on' },
    },
    {
      id: 'receipt',
      stage: 'fix',
      say: (seen) => [`${rightNow(seen)} right, and nothing to repair.`, 'Now break it yourself.'],
      card: 'receipt',
      until: { press: 'Break it yourself' },
    },
  ];
}
