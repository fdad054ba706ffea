// Which signal a column of somebody's training log is, by the names that loggers give it.
import type { SignalId } from '../signals/index.ts';
import { signals } from '../signals/index.ts';

/** What a column is: a signal (of a hidden layer, 1 = first; 0 = of the run), the step, the epoch, or nothing of use. */
export interface ColumnUse {
  readonly use: SignalId | 'step' | 'epoch' | 'none';
  readonly layer: number;
}

const unused: ColumnUse = { use: 'none', layer: 0 };

const training = '(?:train(?:ing)?_|batch_)?';
const held = '(?:val|valid|validation|eval|evaluation|test|dev)_';
const ending = '(?:_step|_epoch|_avg|_mean|_value)?';

/** Names in lower case, everything but letters and digits as `_`; the first that fits counts. */
const aliases: readonly (readonly [SignalId | 'step' | 'epoch', RegExp])[] = [
  ['step', /^(?:(?:trainer_)?global_step|steps?|iter(?:ation)?s?|num_updates|batch|row|update)$/],
  ['epoch', /^(?:(?:train_|trainer_)?epochs?)$/],
  ['evaluated_at', /^evaluated_at$/],
  ['nonfinite_loss', /^nonfinite_loss$/],
  ['nonfinite_gradient', /^nonfinite_gradient$/],
  ['nonfinite_weight', /^nonfinite_weight$/],
  ['telemetry_series', /^telemetry_series$/],
  ['gradient_norm_ratio', /grad(?:ient)?_norm_ratio/],
  ['update_ratio', /update_(?:to_(?:weight|data)_)?ratio|^update_norm_ratio$/],
  ['input_kl_divergence', /^(?:input_)?kl(?:_div(?:ergence)?)?$/],
  ['input_kl_batch', /^input_kl_batch$/],
  ['dead_neuron_ratio', /dead_(?:neurons?|relus?|units?)?_?(?:ratio|fraction|frac|share|rate)/],
  ['saturation_ratio', /saturat\w*_(?:ratio|fraction|frac|share)/],
  ['activation_mean', /activation_mean|mean_activation|act_mean/],
  [
    'gradient_norm',
    /(?:^|_)(?:(?:global_|total_)?grad(?:ient)?s?_(?:global_|total_|2_0_|l2_)?norm(?:_total)?|gnorm|total_norm|grad_2_0_norm_total)(?:_step|_epoch)?$/,
  ],
  ['learning_rate', /^(?:train_)?(?:lr|learning_?rate)(?:$|_)|_lr$|^lr_/],
  [
    'validation_loss',
    new RegExp(
      `^(?:${held}\\w*?loss${ending}|(?:epoch_)?loss_(?:val|valid|validation|eval|test)|${held}(?:nll|ce|cross_entropy|mse))$`,
    ),
  ],
  [
    'validation_accuracy',
    new RegExp(`^(?:${held}\\w*?acc(?:uracy)?\\w*|acc(?:uracy)?_(?:val|valid|validation|eval|test))$`),
  ],
  ['accuracy', new RegExp(`^(?:${training}\\w{0,12}?acc(?:uracy)?${ending}|acc(?:uracy)?_train(?:ing)?)$`)],
  [
    'loss',
    new RegExp(
      `^(?:${training}(?:total_|lm_|epoch_)?loss${ending}|loss_train(?:ing)?|${training}(?:nll|cross_entropy|mse))$`,
    ),
  ],
];

/** As aliases are written: W&B puts the run's name in front (`happy-owl-3 - train/loss`), OpenTelemetry `training.`. */
function normalised(name: string): string {
  return name
    .toLowerCase()
    .replace(/^.* - /, '')
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .replace(/^training_(?=validation|dead|activation|gradient|saturation|update|input)/, '');
}

/** W&B repeats each column with its smallest and largest value. */
function isEnvelope(name: string): boolean {
  return /__(?:min|max)$/i.test(name);
}

/** Number of the layer at the end of a name, and the name without it. */
function layered(name: string): readonly [name: string, layer: number | undefined] {
  const found = /^(.*?)_(?:layer_?|l|fc|linear_?)?(\d{1,3})$/.exec(name);
  return found ? [found[1] ?? '', Number(found[2])] : [name, undefined];
}

function find(name: string): SignalId | 'step' | 'epoch' | undefined {
  return aliases.find(([, pattern]) => pattern.test(name))?.[0];
}

const scopes = new Map<string, string>(signals.map(({ id, scope }) => [id, scope]));

/** What a column's name says that it is. */
export function useOf(name: string): ColumnUse {
  if (isEnvelope(name)) return unused;
  const plain = normalised(name);
  const [stem, number] = layered(plain);
  const layerUse = find(stem);
  if (layerUse !== undefined && scopes.get(layerUse) === 'layer')
    return { use: layerUse, layer: Math.max(1, number ?? 1) };
  const use = find(plain);
  if (use === undefined) return unused;
  return { use, layer: scopes.get(use) === 'layer' ? 1 : 0 };
}

/** The uses of all columns: of two that would be the same, the first counts. */
export function guessUses(names: readonly string[]): readonly ColumnUse[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const found = useOf(name);
    const key = `${found.use}.${found.layer}`;
    if (found.use === 'none' || taken.has(key)) return unused;
    taken.add(key);
    return found;
  });
}
