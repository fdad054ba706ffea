// The public library: everything an outsider may use to write, train and judge recipes without the page.
export { Rows, type Column, type RowLayout } from './core/layout.ts';
export { describeProblem, RecipeError, type Recipe, type RecipeProblem } from './core/recipe.ts';
export { recovery, type EvaluationSeries, type Recovery } from './core/recovery.ts';
export type { Settings } from './core/settings.ts';
export type { Change } from './core/change.ts';
export type { Intervention } from './core/timeline.ts';
export type { Dataset, DatasetPart, FileLoader } from './data/dataset.ts';
export { datasets, loadDataset, parseRecipe } from './data/index.ts';
export type { Detector, DetectorEvent, Evidence, Finding } from './detectors/detector.ts';
export { detectors } from './detectors/index.ts';
export { makeMonitor, type Monitor } from './detectors/monitor.ts';
export {
  createCompiledEngine,
  type CompiledEngine,
  type CompiledOptions,
  type CompiledProgram,
  type GpuExecution,
} from './engine/compiled/gpu/index.ts';
export { plainEngine } from './engine/compiled/plain.ts';
export type { Checkpoint, Counters, Engine, Evaluation, Kept, Program, Replicas } from './engine/engine.ts';
export type { Fault } from './faults/fault.ts';
export { faults } from './faults/index.ts';
export { remedies, remediesFor } from './remedies/index.ts';
export type { Remedy } from './remedies/remedy.ts';
export { scenarios } from './scenarios/index.ts';
export { readLink } from './scenarios/link.ts';
export { writeLink } from './scenarios/writeLink.ts';
export type { Scenario } from './scenarios/scenario.ts';
export { signals } from './signals/index.ts';
export type { Signal } from './signals/signal.ts';
export { Training, type Advance, type Fork } from './worker/training.ts';
