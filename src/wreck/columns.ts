// Which signal a column of somebody's training log is, by the names that loggers give it.
import type { SignalId } from '../signals/index.ts';
import { signals } from '../signals/index.ts';

/** What a column is: a signal (of a hidden layer, 1 = first; 0 = of the run), the step, the epoch, or nothing of use. */
export interface ColumnUse {
  readonly use: SignalId | 'step' | 'epoch' | 'none';
  readonly layer: number;
}

const shares: ReadonlySet<ColumnUse['use']> = new Set([
  'accuracy',
  'validation_accuracy',
  'dead_neuron_ratio',
  'saturation_ratio',
]);

/** Whether a signal is a share, which a log may write in percent. */
export function isShare(use: ColumnUse['use']): boolean {
  return shares.has(use);
}

export const unused: ColumnUse = { use: 'none', layer: 0 };

const training = '(?:train(?:ing)?_|trn?_|batch_)?';
const held = '(?:val|vl|valid|validation|eval|evaluation|test|dev)_';
/** A part of a loss is not the loss: of a detector, of a variational model, of a game of two networks. */
const part = '(?!(?:\\w+_)?(?:box|cls|dfl|obj|seg|rpn|mask|aux|recon|kl|reg|policy|value|entropy)_loss)';
const ending = '(?:_step|_epoch|_avg|_mean|_value)?';
/** Of the loss itself; never a part of it, as `box_loss`. */
const kindOfLoss =
  '(?:total|lm|epoch|batch|step|avg|average|mean|running|smooth(?:ed)?|(?:binary_|multi_|m)?log|nll|ce|bce|mse|cross_?entropy|objective)';
/** What Keras and others put before `accuracy`, as in `sparse_categorical_accuracy`; never what was held out. */
const kindOfAccuracy = '(?!\\w*(?:val|valid|validation|eval|test|dev|best)_)\\w{0,30}?';

/** Names in lower case, everything but letters and digits as `_`; the first that fits counts. */
const aliases: readonly (readonly [SignalId | 'step' | 'epoch', RegExp])[] = [
  [
    'step',
    /^(?:(?:(?:train|trainer|training|eval)_)?global_steps?|(?:train(?:ing)?_|current_)?steps?|iter(?:ation)?s?|n_iters?|num_(?:steps|updates)|(?:total_)?time_?steps|batch|row)$/,
  ],
  ['epoch', /^(?:(?:train_|trainer_)?epochs?)$/],
  ['evaluated_at', /^evaluated_at$/],
  ['nonfinite_loss', /^nonfinite_loss$/],
  ['nonfinite_gradient', /^nonfinite_gradient$/],
  ['nonfinite_weight', /^nonfinite_weight$/],
  ['telemetry_series', /^telemetry_series$/],
  ['gradient_norm_ratio', /grad(?:ient)?_norm_ratio/],
  ['update_ratio', /update_(?:to_(?:weight|data)_)?ratio|^update_norm_ratio$/],
  ['input_kl_divergence', /^input_kl(?:_div(?:ergence)?)?$/],
  ['input_kl_batch', /^input_kl_batch$/],
  ['dead_neuron_ratio', /dead_(?:neurons?|relus?|units?)?_?(?:ratio|fraction|frac|share|rate)/],
  ['saturation_ratio', /saturat\w*_(?:ratio|fraction|frac|share)/],
  ['activation_mean', /activation_mean|mean_activation|act_mean/],
  [
    'gradient_norm',
    /(?:^|_)(?:(?:global_|total_)?grad(?:ient)?s?_(?:global_|total_|2_0_|l2_)?norm(?:_total)?|gnorm|total_norm|grad_2_0_norm_total)(?:_step|_epoch)?$/,
  ],
  ['gradient_norm', /^norm$/],
  ['learning_rate', /^(?:train_|epoch_)?(?:lr|learning_?rate)(?:$|_)|_lr$|^lr_/],
  [
    'validation_loss',
    new RegExp(
      `^(?:${held}${part}\\w*?loss${ending}|(?:epoch_)?loss_(?:val|valid|validation|eval|test)|${held}(?:nll|ce|xent|cross_entropy|mse))$`,
    ),
  ],
  [
    'validation_accuracy',
    new RegExp(`^(?:${held}\\w*?acc(?:uracy)?\\w*|acc(?:uracy)?_(?:val|valid|validation|eval|test))$`),
  ],
  [
    'accuracy',
    new RegExp(
      `^(?:${training}(?:${kindOfAccuracy}acc(?:uracy)?${ending}|(?:acc|prec|top)_?1)|acc(?:uracy)?_train(?:ing)?)$`,
    ),
  ],
  [
    'loss',
    new RegExp(
      `^(?:${training}(?:${kindOfLoss}_?)?loss${ending}|loss_train(?:ing)?|reduced_train_loss|${training}(?:nll|xent|cross_entropy|mse))$`,
    ),
  ],
];

/** What holds the metrics of a nested log. */
const containers =
  /^(?:(?:metrics|info|learner|learner_stats|default_policy|stats|results?|logs?|history|performance|scalars)_)+/;

/**
 * As aliases are written: W&B puts the run's name in front (`happy-owl-3 - train/loss`), OpenTelemetry `training.`,
 * Lightning the loader behind (`val_loss/dataloader_idx_0`).
 */
function normalised(name: string): string {
  return name
    .toLowerCase()
    .replace(/^.* - /, '')
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .replace(/_dataloader_idx_\d+$/, '')
    .replace(containers, '')
    .replace(/(?<=loss|acc)(?:es|s)$/, '')
    .replace(/accuracies$/, 'accuracy')
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

interface NamedColumn {
  readonly use: ColumnUse['use'];
  /** As the name counts layers, from 0 or from 1; undefined = it has none. */
  readonly number: number | undefined;
  readonly ofLayer: boolean;
}

const known = new Map<string, NamedColumn>();
/** Enough for the words of any log; a text of nothing but new ones fills no memory. */
const mostKnown = 5000;

/** What a column's name says that it is, with the layer as it is written there. A print-out asks for the same names again and again. */
export function readName(name: string): NamedColumn {
  const found = known.get(name) ?? read(name);
  if (known.size < mostKnown) known.set(name, found);
  return found;
}

function read(name: string): NamedColumn {
  if (isEnvelope(name)) return { use: 'none', number: undefined, ofLayer: false };
  const plain = normalised(name);
  const [stem, number] = layered(plain);
  const layerUse = find(stem);
  if (layerUse !== undefined && scopes.get(layerUse) === 'layer')
    return { use: layerUse, number, ofLayer: true };
  const use = find(plain) ?? 'none';
  return { use, number: undefined, ofLayer: scopes.get(use) === 'layer' };
}

/** @param firstLayer how the names count: the number of the first layer */
export function useOf(name: string, firstLayer = 1): ColumnUse {
  const { use, number, ofLayer } = readName(name);
  return { use, layer: ofLayer ? Math.max(1, (number ?? firstLayer) - firstLayer + 1) : 0 };
}

/** 0 where any layer is numbered so: then all of them count from 0. */
export function firstLayerOf(names: readonly string[]): 0 | 1 {
  return names.some((name) => readName(name).number === 0) ? 0 : 1;
}

/** Whether the name says that it was measured on what training does not see. */
export function isHeldOut(name: string): boolean {
  const { use } = readName(name);
  return use === 'validation_loss' || use === 'validation_accuracy';
}
