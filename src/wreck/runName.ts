// Which run of an experiment a file or a row is of: TensorBoard keeps training and validation apart as runs of one tag.
import { isHeldOut } from './columns.ts';

/** Keras names the run `validation`; others end its name so: `logs_2024_validation`, `loss_val`. */
const heldOut = /(?:^|[^a-z])(?:val|valid|validation|eval|evaluation|test|dev)$/i;

/** Whether a file holds what was measured on held-out data, by its name alone: `val.csv`, `run7_eval.jsonl`. */
export function isHeldOutFile(fileName: string): boolean {
  return heldOut.test(fileName.replace(/\.[a-z]{2,6}$/i, '').replace(/ ?\(\d+\)$/, ''));
}

/** The name that a signal has in a log of a single run. */
export function nameInRun(run: string, tag: string): string {
  return heldOut.test(run) && !isHeldOut(tag) ? `val_${tag}` : tag;
}

/** TensorBoard's own export names no signal: its file does, as `run-train-tag-loss.csv`, or ` (1)` before the end. */
export function nameInFile(fileName: string): string {
  const bare = fileName.replace(/\.(?:csv|tsv|txt)$/i, '').replace(/ ?\(\d+\)$/, '');
  const [, run = '', tag = 'loss'] = /(?:run-(.+?)-)?tag-(.+)$/i.exec(bare) ?? [];
  return nameInRun(run, tag);
}
