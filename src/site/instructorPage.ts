// The instructor's page: 45 or 90 minutes by the minute, a link per exercise, what to say, and what goes wrong.
import { exercises, exerciseTitle, type Exercise } from './exercises.ts';
import { html, type Html } from './html.ts';
import { makePage, type SitePage } from './page.ts';

/** First minute, and what happens from then on; a number stands for an exercise. */
type Slot = readonly [from: number, what: string | number];

const short: readonly Slot[] = [
  [
    0,
    'Open the page together. Wait for “It has learned”, press Raise the learning rate, press the first remedy: the whole loop in three minutes.',
  ],
  [5, 0],
  [13, 1],
  [22, 2],
  [32, 4],
  [40, 'Handout: each writes down which signal their own training lacks. Questions.'],
  [45, 'End'],
];

const long: readonly Slot[] = [
  [
    0,
    'Open the page together: the whole loop in three minutes. Hand out the handout, predictions in pencil.',
  ],
  [8, 0],
  [20, 1],
  [33, 2],
  [46, 'Pause. Leave a broken run on the projector, with ?present.'],
  [52, 3],
  [65, 4],
  [
    78,
    'In pairs: a wreck of their own on one machine, the other finds it from the lamps alone. Blindfold allowed.',
  ],
  [85, 'Handout: which signal does your own training lack? The rules to take home. Questions.'],
  [90, 'End'],
];

function exerciseLinks({ lesson }: Exercise, title: string): Html {
  return html`<a href="../?lesson=${lesson}">${title}</a> (<a
      href="../?lesson=${lesson}&amp;answers=off"
      aria-label="${title}, without answers"
      >without answers</a
    >)`;
}

function slotText(what: string | number): string | Html {
  if (typeof what === 'string') return what;
  const exercise = exercises[what];
  return exercise
    ? html`<b>${exercise.pattern}</b>: ${exerciseLinks(exercise, exerciseTitle(exercise))}`
    : '';
}

function schedule(minutes: number, slots: readonly Slot[]): Html {
  return html`<section aria-labelledby="in-${minutes}">
    <h2 id="in-${minutes}">In ${minutes} minutes</h2>
    <table class="schedule">
      <thead>
        <tr>
          <th scope="col">Minute</th>
          <th scope="col">What happens</th>
        </tr>
      </thead>
      <tbody>
        ${slots.map(
          ([from, what]) =>
            html`<tr>
              <th scope="row">${from}</th>
              <td>${slotText(what)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

function exercisePart(exercise: Exercise): Html {
  const title = exerciseTitle(exercise);
  return html`<section aria-labelledby="exercise-${exercise.lesson}">
    <h3 id="exercise-${exercise.lesson}">${exercise.pattern}</h3>
    <p>${exerciseLinks(exercise, title)}. About 90 seconds alone, eight to twelve minutes in a room.</p>
    <p><b>Say:</b> ${exercise.say}</p>
    ${exercise.questions.map(
      ([question, answer]) =>
        html`<details>
          <summary>${question}</summary>
          <p>${answer}</p>
        </details>`,
    )}
  </section>`;
}

const troubles: readonly (readonly [string, Html | string])[] = [
  [
    'The wifi is gone',
    'The page works offline once its first run has trained for a moment: let everybody open it before you begin, and reload it once to be sure.',
  ],
  [
    'The wifi is slow, or metered',
    html`The exercises take 2.4 MB for each laptop, once. In idle time each fetches MNIST and TensorFlow.js as
      well, to have them without a network: another 5.6 MB, or 168 MB for a class of 30. Where a browser asks
      to save data, as Chrome on Android does under <i>Data Saver</i>, they load only when chosen. No browser
      fetches anything for the page as one file, which you can hand round on a USB stick:
      <code>npm run build:single</code> of the sources makes it.`,
  ],
  [
    'A laptop has no WebGPU',
    'Nothing to do: it trains in plain JavaScript, says so, and every exercise works.',
  ],
  [
    'Nobody can read the projector',
    html`Open the exercise with <a href="../?present">?present</a>: large narrator and figures, the link as a
      QR code.`,
  ],
  ['Somebody is lost', 'Reset, or open the link again: it is the same run, to the step.'],
  [
    'Somebody’s run is different',
    'On another engine numbers differ in the last digits, and after many steps visibly. Choose Plain JavaScript in the menu of engines for the same run on every machine.',
  ],
  [
    'You want all runs on one screen',
    html`Every browser can send OTLP to one collector: <code>docs/workshop</code> of the sources has the
      configuration for Collector, Prometheus and Grafana.`,
  ],
];

export function instructorPage(): SitePage {
  return makePage({
    folder: 'instructor',
    title: 'For instructors: 45 or 90 minutes',
    description:
      'A workshop on how training fails and which signal tells: schedules by the minute, a link per exercise, with and without answers, what to say, and what goes wrong.',
    body: html`<h1>For instructors</h1>
      <p class="lead">
        The class predicts, breaks, sees and fixes: one link per exercise, on laptops of every kind. A link
        without answers hides its explanations until you press Space.
      </p>
      <p class="actions">
        <a class="button primary" href="../handout/">The handout, to print</a>
        <a class="button" href="../symptoms/">Symptom finder</a>
        <a class="button" href="../gallery/">Gallery</a>
      </p>
      ${schedule(45, short)} ${schedule(90, long)}
      <section aria-labelledby="exercises">
        <h2 id="exercises">The exercises</h2>
        ${exercises.map(exercisePart)}
      </section>
      <section aria-labelledby="trouble">
        <h2 id="trouble">What goes wrong, and what to do</h2>
        <dl>
          ${troubles.map(
            ([what, how]) =>
              html`<dt>${what}</dt>
                <dd>${how}</dd>`,
          )}
        </dl>
      </section>`,
  });
}
