// What words and expectations ask of a run, answered from its rows and findings.
import type { Rows } from '../core/layout.ts';
import type { Finding } from '../detectors/detector.ts';
import type { RunFacts } from './lesson.ts';

/** @param rows from step 0 on, without a gap */
export function rowFacts(rows: Rows, findings: readonly Finding[]): RunFacts {
  return {
    step: rows.count - 1,
    value: (signal, step, layer = 0) => rows.value(step, rows.layout.column(signal, layer)),
    fired: (detector) =>
      findings.find((finding) => finding.detector === detector && finding.severity === 'firing')?.at,
  };
}
