// What each remedy is in a training loop of one's own: PyTorch and Keras 3. Apart from the remedies, for the page's first bundle needs none of it.
import { emitLines, type EmitLines } from '../signals/emitting.ts';
import type { RemedyId } from './index.ts';

const rates = (change: string, value: string): EmitLines => ({
  pytorch: `for group in optimizer.param_groups: group["lr"] ${change}`,
  keras: `model.optimizer.learning_rate = ${value}`,
});

const dividedRate = rates('/= 10', 'float(model.optimizer.learning_rate) / 10');

const normalised: EmitLines = {
  pytorch:
    'torch.nn.Sequential(torch.nn.Linear(inputs, 16), torch.nn.BatchNorm1d(16), torch.nn.ReLU())  # before the activation',
  keras:
    'keras.Sequential([keras.layers.Dense(16), keras.layers.BatchNormalization(), keras.layers.Activation("relu")])',
};

const heRelu = 'keras.layers.Dense(16, activation="relu", kernel_initializer="he_normal")';

export const remedyLines: Readonly<Record<RemedyId, EmitLines>> = {
  'aggregates-only': emitLines.gradient_norm,
  'batch-norm': normalised,
  'batch-norm-rewind': normalised,
  clip: {
    pytorch:
      'torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0)  # after loss.backward(), before optimizer.step()',
    keras:
      'model.compile(optimizer=keras.optimizers.SGD(learning_rate=0.1, global_clipnorm=1.0), loss=loss_fn)',
  },
  'divide-rate': dividedRate,
  dropout: {
    pytorch: 'torch.nn.Sequential(torch.nn.Linear(inputs, 16), torch.nn.ReLU(), torch.nn.Dropout(0.3))',
    keras: 'keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dropout(0.3)])',
  },
  elu: {
    pytorch: 'torch.nn.ELU()  # in place of torch.nn.ReLU()',
    keras: 'keras.layers.Dense(16, activation="elu")',
  },
  'emit-signals': emitLines.validation_loss,
  'give-data-back': {
    pytorch: 'loader = torch.utils.data.DataLoader(all_examples, batch_size=128, shuffle=True)',
    keras: 'model.fit(all_x, all_y, batch_size=128, validation_data=(x_val, y_val))',
  },
  'increase-rate': rates('*= 10', 'float(model.optimizer.learning_rate) * 10'),
  'leaky-relu': {
    pytorch: 'torch.nn.LeakyReLU(negative_slope=0.2)  # in place of torch.nn.ReLU()',
    keras: 'keras.layers.LeakyReLU(negative_slope=0.2)  # after a layer without an activation',
  },
  'lower-rate': dividedRate,
  'refresh-validation': {
    pytorch: 'validation = torch.utils.data.TensorDataset(x_sent, y_sent)  # what users send, labelled',
    keras: 'model.fit(x, y, validation_data=(x_sent, y_sent))  # what users send, labelled',
  },
  'reinitialise-dead': {
    pytorch: `dead = quiet[layer] >= window  # as for dead_neuron_ratio
fresh = torch.nn.init.kaiming_normal_(torch.empty_like(linear.weight), nonlinearity="relu")
with torch.no_grad(): linear.weight[dead], linear.bias[dead] = fresh[dead], 0.1`,
    keras: `dead = quiet[layer] >= window  # as for dead_neuron_ratio
w, b = dense.get_weights()
fresh = np.asarray(keras.initializers.HeNormal()(w.shape))
w[:, dead], b[dead] = fresh[:, dead], 0.1
dense.set_weights([w, b])`,
  },
  relu: {
    pytorch: 'torch.nn.ReLU()  # in place of torch.nn.Sigmoid() or torch.nn.Tanh()',
    keras: heRelu,
  },
  'restore-rate': rates('= 0.1', '0.1'),
  'skip-batches': {
    pytorch: `for step, (x, y) in enumerate(loader):
    if 380 <= step < 580: continue  # the batches around the spike`,
    keras: 'batches = batches.take(380).concatenate(batches.skip(580))  # a tf.data.Dataset',
  },
  'standard-initialisation': {
    pytorch:
      'torch.nn.init.kaiming_normal_(linear.weight, nonlinearity="relu")  # tanh, sigmoid: xavier_normal_',
    keras: `${heRelu}  # tanh, sigmoid: "glorot_normal"`,
  },
  'stop-at-best': {
    pytorch: `if loss_val < best: best = loss_val; torch.save(model.state_dict(), "best.pt")  # at each evaluation
model.load_state_dict(torch.load("best.pt"))  # at the end`,
    keras: 'keras.callbacks.EarlyStopping(monitor="val_loss", patience=10, restore_best_weights=True)',
  },
  'weight-decay': {
    pytorch: 'torch.optim.SGD(model.parameters(), lr=0.1, weight_decay=0.01)  # with Adam: torch.optim.AdamW',
    keras:
      'keras.layers.Dense(16, kernel_regularizer=keras.regularizers.L2(0.005))  # 2 × 0.005 per weight and step',
  },
};

/** Back to a checkpoint, which a remedy that rewinds begins with. */
export const rewindLines: EmitLines = {
  pytorch: `kept = torch.load("healthy.pt")
model.load_state_dict(kept["model"]); optimizer.load_state_dict(kept["optimizer"])`,
  keras: 'model = keras.models.load_model("healthy.keras")  # with the state of its optimizer',
};
