// The field's terms, as this page uses them: each explained once.

export interface Term {
  /** For a link: `#gradient-norm`. */
  readonly id: string;
  readonly term: string;
  /** What it is, in a sentence or two. */
  readonly text: string;
}

/** Terms of training. */
export const trainingTerms = [
  {
    id: 'accuracy',
    term: 'Accuracy',
    text: 'Share of examples that the network classifies rightly: of the mini-batch, of the validation set, or in production.',
  },
  {
    id: 'activation',
    term: 'Activation function',
    text: 'What a neuron does to the weighted sum of its inputs before it hands it on: ReLU, LeakyReLU, ELU, tanh, sigmoid. Also the number that comes out.',
  },
  {
    id: 'adam',
    term: 'Adam',
    text: 'An optimizer that divides each parameter’s averaged gradient by the gradient’s own usual size. Clipping therefore changes little under it.',
  },
  {
    id: 'batch-normalisation',
    term: 'Batch normalisation',
    text: 'Before the activation each neuron’s input is brought to mean 0 and spread 1 over the mini-batch, then scaled and shifted by two learned numbers.',
  },
  {
    id: 'checkpoint',
    term: 'Checkpoint',
    text: 'The network as it was at a step, with the state of its optimizer, kept so that training can go on from there. The last healthy one is from before the fault showed.',
  },
  {
    id: 'clipping',
    term: 'Clipping',
    text: 'If the gradient norm is above a limit, the whole gradient is scaled down to it: no update is longer than the learning rate times the limit (under SGD).',
  },
  {
    id: 'cross-entropy',
    term: 'Cross entropy',
    text: 'The usual loss of a classifier: minus the logarithm of the probability that the network gave the right class. Guessing between two classes costs 0.69.',
  },
  {
    id: 'dead-relu',
    term: 'Dead ReLU',
    text: 'A ReLU whose input is below zero on every example. Its gradient is 0 there, so it never updates again by itself.',
  },
  {
    id: 'decision-surface',
    term: 'Decision surface',
    text: 'The picture of what the network answers at every point of the plane; the line in it is where it is undecided.',
  },
  {
    id: 'drift',
    term: 'Drift',
    text: 'What users send moves away from what the network was trained and validated on. Training does not notice.',
  },
  {
    id: 'dropout',
    term: 'Dropout',
    text: 'At every training step a random share of activations is set to 0, so that no neuron can rely on a few others.',
  },
  {
    id: 'elu',
    term: 'ELU',
    text: 'An activation like ReLU, but eˣ − 1 below zero, so that its gradient there is small and not none.',
  },
  {
    id: 'epoch',
    term: 'Epoch',
    text: 'As many steps as it takes to go through the training set once: 2,000 examples in batches of 128 are 15 full steps.',
  },
  {
    id: 'gradient',
    term: 'Gradient',
    text: 'For each parameter, by how much the loss would change if the parameter grew a little. A step goes the other way.',
  },
  {
    id: 'gradient-norm',
    term: 'Gradient norm',
    text: 'The length of the gradient over all parameters: the square root of the sum of squares. One number a step that says how hard training pulls.',
  },
  {
    id: 'he-initialisation',
    term: 'He initialisation',
    text: 'Initial weights drawn with variance 2 ÷ inputs, for ReLU and its kin; Glorot’s, for tanh and sigmoid, is 2 ÷ (inputs + outputs). Both keep the size of activations the same from layer to layer.',
  },
  {
    id: 'kl-divergence',
    term: 'KL divergence',
    text: 'How surprising one distribution is to somebody who expects another, in nat: the mean of log(p ÷ q) under p. 0 means alike. Here it compares what users send with the validation set, feature by feature.',
  },
  {
    id: 'leaky-relu',
    term: 'LeakyReLU',
    text: 'ReLU with a small slope below zero (0.01 by default, 0.2 here), so that some gradient always passes.',
  },
  {
    id: 'learning-rate',
    term: 'Learning rate',
    text: 'How long a step is: by what factor the gradient is multiplied before it is taken off the weights.',
  },
  { id: 'loss', term: 'Loss', text: 'How wrong the network is, as one number that training makes smaller.' },
  {
    id: 'mini-batch',
    term: 'Mini-batch',
    text: 'The examples of one step, 128 here; the gradient is their mean, so it is noisy.',
  },
  {
    id: 'momentum',
    term: 'Momentum',
    text: 'Each update keeps a share of the one before: steps that agree add up, steps that do not cancel out.',
  },
  {
    id: 'nan',
    term: 'NaN',
    text: '“Not a number”: what comes of 0 ÷ 0 or ∞ − ∞. Every number computed from it is NaN too, and every comparison with it is false, so most alerts stay silent.',
  },
  {
    id: 'neuron',
    term: 'Neuron',
    text: 'One unit of a layer: a weighted sum of its inputs, plus a bias, through the activation function.',
  },
  {
    id: 'overfitting',
    term: 'Overfitting',
    text: 'Learning the training examples by heart instead of what they have in common: training loss falls on while validation loss rises.',
  },
  {
    id: 'production',
    term: 'Production',
    text: 'Where the network is used. Right in production is sealed on the page, for nobody knows it while training.',
  },
  {
    id: 'relu',
    term: 'ReLU',
    text: 'The activation max(0, x): its slope is 1 above zero and 0 below.',
  },
  {
    id: 'saturation',
    term: 'Saturated neuron',
    text: 'A tanh or sigmoid whose output is at its bound: the function is flat there, and next to no gradient passes.',
  },
  {
    id: 'sgd',
    term: 'SGD',
    text: 'Stochastic gradient descent: weights minus learning rate times the gradient of one mini-batch, again and again.',
  },
  {
    id: 'step',
    term: 'Step',
    text: 'One mini-batch, one gradient, one update of all weights. Everything on the page is dated by step.',
  },
  {
    id: 'validation-set',
    term: 'Validation set',
    text: 'Examples that are never trained on: how well the network does on them says how well it does on new ones, if new ones are like them.',
  },
  {
    id: 'weight-decay',
    term: 'Weight decay (L2)',
    text: 'Every step pulls all weights a little towards 0.',
  },
] as const satisfies readonly Term[];

/** Terms of telemetry, and of this page. */
export const telemetryTerms = [
  {
    id: 'aggregate',
    term: 'Aggregate',
    text: 'One number for many: the norm of all gradients, the mean activation of a layer. What to emit, instead of every weight.',
  },
  {
    id: 'alert',
    term: 'Alert',
    text: 'What a detector says when it fires: what was seen, since when, and on what evidence. A warning comes before harm is done; neither is proof of harm.',
  },
  {
    id: 'alert-rule',
    term: 'Alert rule',
    text: 'A condition that a monitoring system, here Prometheus, evaluates on stored signals and wakes somebody for.',
  },
  {
    id: 'collector',
    term: 'Collector',
    text: 'The OpenTelemetry Collector: a process that takes telemetry from many senders and hands it on to where it is stored.',
  },
  {
    id: 'detector',
    term: 'Detector',
    text: 'A rule of this page that reads the signals of every step and says when training fails in one particular way.',
  },
  {
    id: 'exporter',
    term: 'Exporter',
    text: 'The part that sends telemetry from where it arises to a collector. This page sends nothing until you name one.',
  },
  {
    id: 'fault',
    term: 'Fault',
    text: 'What breaks training: a press of a button on the page, a mistake elsewhere.',
  },
  {
    id: 'observability-gap',
    term: 'Observability gap',
    text: 'What would have shown the failure is not emitted. An alarm without its signal stays silent, and looks like an alarm that sees nothing wrong.',
  },
  {
    id: 'otlp',
    term: 'OTLP',
    text: 'The OpenTelemetry protocol: how metrics, logs and traces travel to a collector, whatever made them.',
  },
  {
    id: 'remedy',
    term: 'Remedy',
    text: 'What repairs training. It starts from here, or rewinds to a checkpoint; its card says what it cannot do.',
  },
  {
    id: 'run',
    term: 'Run, run B (fork)',
    text: 'One training of a recipe. A remedy opens run B beside the broken run, from a checkpoint, so that both can be compared.',
  },
  {
    id: 'series',
    term: 'Series',
    text: 'The values of one metric with one set of labels over time: what vendors bill for. A mean per layer makes one series a layer, a weight each makes thousands.',
  },
  {
    id: 'signal',
    term: 'Signal',
    text: 'One named aggregate that training emits at every step, with a unit: of the whole run, or one a layer.',
  },
  {
    id: 'threshold',
    term: 'Threshold',
    text: 'The value beyond which a detector speaks. It means nothing without how much data the value is taken over.',
  },
  {
    id: 'twin',
    term: 'Without the fault (twin)',
    text: 'The same recipe and seed with nothing pressed: the truth against which every effect is judged.',
  },
] as const satisfies readonly Term[];
