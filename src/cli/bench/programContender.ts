// Drives an engine's program as the page does: short advances, and rows fetched at the pace of a display.
import { Rows } from '../../core/layout.ts';
import { makeMonitor } from '../../detectors/monitor.ts';
import type { Counters, Program } from '../../engine/engine.ts';
import type { Contender, Telemetry } from './contender.ts';
import type { Task } from './task.ts';

/** The page shows rows sixty times per second; to fetch them more often would cost and show nothing. */
export const fetchEveryMs = 16;
const mostSteps = 256;

interface Drive {
  readonly telemetry: Telemetry;
  /** Resolves when everything submitted has been computed; for programs that hand over no rows. */
  readonly settled?: () => Promise<unknown>;
  /** Feeds the rows to all detectors. */
  readonly detect?: boolean;
  readonly counters?: Readonly<Counters>;
  /** Frees what the program came from. */
  readonly close?: () => void;
}

/** How many steps to advance at once: about as many as fit between two fetches, learned on the way. */
function makeChunk() {
  let msPerStep: number | undefined;
  return {
    get size() {
      if (msPerStep === undefined) return 1;
      return Math.min(mostSteps, Math.max(1, Math.floor(fetchEveryMs / 2 / msPerStep)));
    },
    learn: (ms: number, steps: number) => {
      msPerStep = ms / steps;
    },
  };
}

export function driveProgram(task: Task, program: Program, drive: Drive): Contender {
  const monitor = makeMonitor(task.recipe, program.layout);
  const chunk = makeChunk();

  const fetch = async (which: 'all' | 'arrived'): Promise<void> => {
    const words = await program.rows(which);
    if (drive.detect === true) monitor.push(new Rows(program.layout, words));
    if (program.missed > 0) throw new Error(`rows: ${program.missed} overwritten before they were read`);
  };

  const runNaively = async (steps: number): Promise<void> => {
    for (let k = 0; k < steps; k++) {
      await program.advance(1);
      await fetch('all');
    }
  };

  const runSmoothly = async (steps: number): Promise<void> => {
    let fetched = performance.now();
    for (let left = steps; left > 0;) {
      const next = Math.min(left, chunk.size);
      await program.advance(next);
      left -= next;
      if (drive.telemetry === 'off' || performance.now() - fetched < fetchEveryMs) continue;
      await fetch('arrived');
      fetched = performance.now();
    }
    // Waits for the device as well; without rows something else has to.
    if (drive.telemetry === 'core') await fetch('all');
    else await drive.settled?.();
  };

  return {
    replicas: 1,
    run: async (steps) => {
      const begun = performance.now();
      await (drive.telemetry === 'naive' ? runNaively(steps) : runSmoothly(steps));
      chunk.learn(performance.now() - begun, steps);
    },
    parameters: async () => (await program.checkpoint()).regions,
    ...(drive.counters === undefined ? {} : { counters: drive.counters }),
    dispose: () => {
      program.dispose();
      drive.close?.();
    },
  };
}
