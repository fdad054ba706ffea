// How to emit each core signal from a training loop of one's own: one line of PyTorch and one of Keras.
import { signals, type SignalId } from './index.ts';
import type { Signal } from './signal.ts';

/** Columns of a row that nobody emits: when the last evaluation was, and the lesson in small samples. */
type Companion = 'evaluated_at' | 'input_kl_batch';
export type CoreSignalId = Exclude<SignalId, Companion>;
export type CoreSignal = Signal & { readonly id: CoreSignalId };

export interface EmitLines {
  readonly pytorch: string;
  readonly keras: string;
}

/** Names in the lines, each with what it stands for. */
export const names: readonly (readonly [name: string, meaning: string])[] = [
  ['model', 'the network; the lines stand after the step of its optimizer, those of the gradients before it'],
  ['loss, losses', 'the mean loss of the batch, and the loss of each of its examples'],
  [
    'out, y',
    'the outputs of the batch, one per class, and its labels; out_val, y_val, loss_val of the validation set',
  ],
  ['h, layer', 'the outputs of one hidden layer over the batch, and that layer’s name'],
  [
    'quiet, window',
    'for each layer, steps since each unit last was active (0 at first); batches of an epoch, 10 to 50',
  ],
  ['before', 'all weights as one vector, as they were before the step'],
  [
    'sent, seen',
    'features of the last 512 inputs that users sent, and of the validation set, as NumPy arrays',
  ],
  [
    'gradients',
    'Keras: the gradients of model.trainable_weights, in their order, of a train_step that runs eagerly',
  ],
];

const kerasVector = (list: string): string => `keras.ops.concatenate([keras.ops.ravel(w) for w in ${list}])`;
const torchVector = 'torch.nn.utils.parameters_to_vector(model.parameters())';
const torchLinear = '[m.weight.grad for m in model.modules() if isinstance(m, torch.nn.Linear)]';

export const emitLines: Readonly<Record<CoreSignalId, EmitLines>> = {
  accuracy: {
    pytorch: 'emit("training.accuracy", (out.argmax(1) == y).float().mean().item())',
    keras:
      'emit("training.accuracy", float(keras.ops.mean(keras.ops.cast(keras.ops.argmax(out, -1) == y, "float32"))))',
  },
  activation_mean: {
    pytorch: 'emit("training.activation_mean", h.mean().item(), {"layer.name": layer})',
    keras: 'emit("training.activation_mean", float(keras.ops.mean(h)), {"layer.name": layer})',
  },
  dead_neuron_ratio: {
    pytorch:
      'quiet[layer] = (quiet[layer] + 1) * ~(h > 0).any(0); emit("training.dead_neuron_ratio", (quiet[layer] >= window).float().mean().item(), {"layer.name": layer})',
    keras:
      'quiet[layer] = (quiet[layer] + 1) * ~np.any(np.asarray(h) > 0, 0); emit("training.dead_neuron_ratio", float(np.mean(quiet[layer] >= window)), {"layer.name": layer})',
  },
  gradient_norm: {
    pytorch:
      'emit("training.gradient_norm", torch.stack([p.grad.norm() for p in model.parameters()]).norm().item())',
    keras: `emit("training.gradient_norm", float(keras.ops.norm(${kerasVector('gradients')})))`,
  },
  gradient_norm_ratio: {
    pytorch: `g = ${torchLinear}; emit("training.gradient_norm_ratio", (g[0].norm() / g[-1].norm()).item())`,
    keras:
      'g = [v for v in gradients if len(v.shape) > 1]; emit("training.gradient_norm_ratio", float(keras.ops.norm(g[0]) / keras.ops.norm(g[-1])))',
  },
  input_kl_divergence: {
    pytorch:
      'emit("training.input_kl_divergence", max(kl(sent[:, k], seen[:, k]) for k in range(seen.shape[1])))',
    keras:
      'emit("training.input_kl_divergence", max(kl(sent[:, k], seen[:, k]) for k in range(seen.shape[1])))',
  },
  learning_rate: {
    pytorch: 'emit("training.learning_rate", optimizer.param_groups[0]["lr"])',
    keras: 'emit("training.learning_rate", float(model.optimizer.learning_rate))',
  },
  loss: {
    pytorch: 'emit("training.loss", loss.item())',
    keras: 'emit("training.loss", float(loss))',
  },
  nonfinite_gradient: {
    pytorch:
      'emit("training.nonfinite", sum((~p.grad.isfinite()).sum().item() for p in model.parameters()), {"signal.name": "gradient"})',
    keras:
      'emit("training.nonfinite", sum(int(keras.ops.sum(~keras.ops.isfinite(g))) for g in gradients), {"signal.name": "gradient"})',
  },
  nonfinite_loss: {
    pytorch: 'emit("training.nonfinite", (~losses.isfinite()).sum().item(), {"signal.name": "loss"})',
    keras:
      'emit("training.nonfinite", int(keras.ops.sum(~keras.ops.isfinite(losses))), {"signal.name": "loss"})',
  },
  nonfinite_weight: {
    pytorch:
      'emit("training.nonfinite", sum((~p.isfinite()).sum().item() for p in model.parameters()), {"signal.name": "weight"})',
    keras:
      'emit("training.nonfinite", sum(int(keras.ops.sum(~keras.ops.isfinite(w))) for w in model.trainable_weights), {"signal.name": "weight"})',
  },
  saturation_ratio: {
    pytorch:
      'emit("training.saturation_ratio", (h.abs() > 0.98).float().mean().item(), {"layer.name": layer})  # tanh',
    keras:
      'emit("training.saturation_ratio", float(keras.ops.mean(keras.ops.cast(keras.ops.abs(h) > 0.98, "float32"))), {"layer.name": layer})  # tanh',
  },
  telemetry_series: {
    pytorch: 'emit("telemetry.series", len(series))',
    keras: 'emit("telemetry.series", len(series))',
  },
  update_ratio: {
    pytorch: `emit("training.update_ratio", ((${torchVector} - before).norm() / before.norm()).item())`,
    keras: `emit("training.update_ratio", float(keras.ops.norm(${kerasVector('model.trainable_weights')} - before) / keras.ops.norm(before)))`,
  },
  validation_accuracy: {
    pytorch: 'emit("training.validation_accuracy", (out_val.argmax(1) == y_val).float().mean().item())',
    keras:
      'emit("training.validation_accuracy", float(keras.ops.mean(keras.ops.cast(keras.ops.argmax(out_val, -1) == y_val, "float32"))))',
  },
  validation_loss: {
    pytorch: 'emit("training.validation_loss", loss_val.item())',
    keras: 'emit("training.validation_loss", float(loss_val))',
  },
};

/** The signals that a training loop should emit, in the order of their names. */
export const coreSignals: readonly CoreSignal[] = signals.filter(
  (signal): signal is Extract<(typeof signals)[number], CoreSignal> => signal.id in emitLines,
);

const units = Object.fromEntries(coreSignals.map(({ metric, unit }) => [metric, unit]));

/** What the lines rest on, once for all of them. Python; runs with opentelemetry-api alone. */
export const preamble = `import numpy as np
from opentelemetry import metrics

UNITS = ${JSON.stringify(units, null, 4)}

meter = metrics.get_meter("training")
instruments, series = {}, set()

def emit(name, value, attributes={}):
    """Sets a gauge; training.nonfinite is a counter."""
    counts = name == "training.nonfinite"
    if name not in instruments:
        create = meter.create_counter if counts else meter.create_gauge
        instruments[name] = create(name, unit=UNITS[name])
    series.add((name, *attributes.items()))
    (instruments[name].add if counts else instruments[name].set)(value, attributes)

def kl(sent, validation, bins=10):
    """KL(production || validation) of one feature, over the deciles of the validation set."""
    edges = np.quantile(validation, np.linspace(0, 1, bins + 1)[1:-1])
    p, q = (np.bincount(np.searchsorted(edges, x), minlength=bins) + 0.5 for x in (sent, validation))
    p, q = p / p.sum(), q / q.sum()
    return float((p * np.log(p / q)).sum())`;
