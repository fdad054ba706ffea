// The contents of the header's menus.
import { lessonIndex, shortLessonOf } from '../../lessons/index.ts';
import type { LessonEntry } from '../../lessons/lesson.ts';
import { scenarios } from '../../scenarios/index.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import { readProgress } from '../state/lessonProgress.ts';
import type { Playground } from '../state/playground.svelte.ts';
import type { Theme } from '../state/view.svelte.ts';
import type { EngineChoice } from '../../worker/protocol.ts';
import type { MenuGroup } from './menu.ts';
import { readingPages } from './readingPages.ts';
import { shareLink } from './shareLink.ts';

const all: readonly Scenario[] = scenarios;

function callItem(playground: Playground) {
  return {
    id: 'call',
    text: 'Call it',
    note: 'One run a day, maybe with a fault, maybe without: you against the detectors.',
    current: playground.call !== undefined,
    testid: 'call-it',
    choose: () => void playground.openCall(),
  };
}

function lessonGroup(playground: Playground): MenuGroup {
  const finished = readProgress();
  const offered: readonly LessonEntry[] = [
    ...lessonIndex,
    ...[shortLessonOf(playground.scenario) ?? []].flat(),
  ];
  return {
    heading: 'Lessons',
    items: offered
      .map(({ id, title, about, short }) => ({
        id,
        text: short ? `In half a minute: ${title}` : title,
        note: id in finished ? `${about} Finished.` : about,
        current: playground.lesson?.lesson.id === id,
        testid: `lesson-${id}`,
        choose: () => void playground.openLesson(id),
      }))
      .concat(callItem(playground)),
  };
}

export function scenarioMenu(playground: Playground): MenuGroup[] {
  return [lessonGroup(playground), ownGroup(playground), ...scenarioGroups(playground)];
}

/** What a person brings: it stays on the machine. */
function ownGroup({ view }: Playground): MenuGroup {
  return {
    heading: 'Bring your own',
    items: [
      {
        id: 'own-data',
        text: 'Own data',
        note: 'A table as CSV: train on it, and break that.',
        testid: 'menu-own-data',
        choose: () => (view.drawer = 'own-data'),
      },
      {
        id: 'own-run',
        text: 'Your own run',
        note: 'Loss and gradient norm from W&B, TensorBoard, Keras or Lightning: every alarm runs on them.',
        testid: 'menu-own-run',
        choose: () => (view.drawer = 'own-run'),
      },
    ],
  };
}

function scenarioGroups(playground: Playground): MenuGroup[] {
  const headings = [...new Set(all.map(({ group }) => group))];
  return headings.map((heading) => ({
    heading,
    items: all
      .filter(({ group }) => group === heading)
      .map(({ id, title, story }) => ({
        id,
        text: title,
        note: story,
        current: !playground.lesson && !playground.call && playground.scenario.id === id,
        testid: `scenario-${id}`,
        choose: () => playground.setScenario(id),
      })),
  }));
}

export const engineNames: Readonly<Record<EngineChoice, string>> = {
  auto: 'Automatic',
  compiled: 'WebGPU',
  'compiled.plain': 'Plain JavaScript',
  'compiled.resident': 'WebGPU, resident',
  'compiled.staged': 'WebGPU, staged',
  'tfjs.webgpu': 'TensorFlow.js, WebGPU',
  'tfjs.cpu': 'TensorFlow.js, CPU',
};

const engineNotes: Readonly<Record<EngineChoice, string>> = {
  auto: 'WebGPU where there is a graphics processor, plain JavaScript otherwise.',
  compiled: 'Our own passes on the graphics processor, as it suits the network.',
  'compiled.plain': 'Our own passes in a worker. Needs no graphics processor.',
  'compiled.resident': 'Many steps in one dispatch. For small networks.',
  'compiled.staged': 'A few dispatches for every step. For large networks.',
  'tfjs.webgpu': 'The same in TensorFlow.js, on the graphics processor.',
  'tfjs.cpu': 'TensorFlow.js without a graphics processor. Slow.',
};

export function engineMenu(playground: Playground): MenuGroup[] {
  const running = playground.looked.ready?.description;
  return [
    {
      heading: running ? `Runs now: ${running}` : 'Engine',
      items: (Object.keys(engineNames) as EngineChoice[]).map((id) => ({
        id,
        text: engineNames[id],
        note: engineNotes[id],
        current: playground.engine === id,
        testid: `engine-${id}`,
        choose: () => playground.setEngine(id),
      })),
    },
  ];
}

const themes: readonly (readonly [Theme, string])[] = [
  ['auto', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

export function moreMenu(playground: Playground): MenuGroup[] {
  const { view } = playground;
  return [
    {
      heading: 'Look closer',
      items: [
        {
          id: 'twin',
          text: 'Show the run without it',
          note: playground.mustCall ?? 'The same recipe and seed with nothing pressed, dotted on the charts.',
          disabled: playground.mustCall !== undefined,
          current: playground.showsTwin,
          testid: 'menu-twin',
          choose: () => playground.toggleTwin(),
        },
        {
          id: 'production',
          text: 'What users send',
          testid: 'menu-production',
          choose: () => view.toggle('production'),
        },
        { id: 'alarms', text: 'Other alarms', testid: 'menu-alarms', choose: () => view.toggle('alarms') },
        {
          id: 'quality',
          text: 'How often are the alarms wrong?',
          testid: 'menu-quality',
          choose: () => view.toggle('quality'),
        },
      ],
    },
    {
      heading: 'Take home',
      items: [
        {
          id: 'rules',
          text: 'Alert rules',
          note: 'The detectors as rules for Prometheus.',
          testid: 'menu-rules',
          choose: () => view.toggle('rules'),
        },
        {
          id: 'signals',
          text: 'Core signals',
          note: 'What to emit, in PyTorch and in Keras.',
          testid: 'menu-signals',
          choose: () => view.toggle('signals'),
        },
      ],
    },
    {
      heading: 'Read',
      items: [
        { id: 'glossary', text: 'Glossary', testid: 'menu-glossary', choose: () => view.toggle('glossary') },
        ...readingPages.map(([id, text]) => ({
          id,
          text,
          testid: `menu-${id}`,
          choose: () => void open(`${id}/`, '_blank', 'noopener'),
        })),
      ],
    },
    {
      heading: 'Help',
      items: [
        {
          id: 'undo',
          text: 'Undo the last press (Z)',
          note: playground.asksFirst,
          disabled: !playground.canUndo,
          testid: 'menu-undo',
          choose: () => playground.undo(),
        },
        { id: 'keys', text: 'Keys (?)', testid: 'menu-keys', choose: () => view.toggle('keys') },
      ],
    },
    {
      heading: 'Look',
      items: themes.map(([id, text]) => ({
        id,
        text,
        current: view.theme === id,
        testid: `theme-${id}`,
        choose: () => (view.theme = id),
      })),
    },
  ];
}

/** On a phone one menu holds what the header has no room for. */
export function phoneMenu(playground: Playground): MenuGroup[] {
  const { view } = playground;
  return [
    {
      heading: 'Run',
      items: [
        {
          id: 'scenarios',
          text: 'Scenarios',
          note: playground.scenario.title,
          testid: 'menu-scenarios',
          choose: () => view.toggle('scenarios'),
        },
        {
          id: 'step',
          text: 'Step',
          note: playground.mustCall,
          disabled: playground.mustCall !== undefined,
          testid: 'menu-step',
          choose: () => playground.step(),
        },
        { id: 'reset', text: 'Reset', testid: 'menu-reset', choose: () => playground.reset() },
        { id: 'recipe', text: 'Recipe', testid: 'menu-recipe', choose: () => view.toggle('recipe') },
        {
          id: 'telemetry',
          text: 'OpenTelemetry',
          testid: 'menu-telemetry',
          choose: () => view.toggle('telemetry'),
        },
        { id: 'send', text: 'Send the link', testid: 'menu-send', choose: () => void shareLink(playground) },
        {
          id: 'share',
          text: 'Share',
          note: 'Figures, crash report, data, embedding.',
          testid: 'menu-share',
          choose: () => view.toggle('share'),
        },
      ],
    },
    ...moreMenu(playground),
    ...engineMenu(playground),
  ];
}
