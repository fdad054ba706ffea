// Links as they were written by every version of the page so far, and what each must mean for ever. Lines are added, never changed.

/** @property means what differs from the recipe of the scenario; the timeline is whole */
export interface OldLink {
  /** Where such a link was written. */
  readonly from: string;
  readonly link: string;
  readonly scenario: string;
  readonly means: Readonly<Record<string, unknown>>;
  /** `step name [→ step of the rewind] change`, in order. */
  readonly timeline: readonly string[];
}

export const oldLinks: readonly OldLink[] = [
  {
    from: 'the first page: docs/links.md, version 1',
    link: '?v=1&scenario=ring&seed=7&do=402,raise-rate,scale-rate=10&do=433,divide-rate,rewind=384,scale-rate=0.1',
    scenario: 'ring',
    means: { seed: 7 },
    timeline: [
      '402 raise-rate {"kind":"scale-rate","factor":10}',
      '433 divide-rate → 384 {"kind":"scale-rate","factor":0.1}',
    ],
  },
  {
    from: 'the first page: a scenario by its name, version left out',
    link: '?scenario=loss-spike&seed=7',
    scenario: 'loss-spike',
    means: { seed: 7 },
    timeline: [],
  },
  {
    from: 'the first page: a dataset by its name',
    link: '?data=moons',
    scenario: 'moons',
    means: {},
    timeline: [],
  },
  {
    from: 'the first page: network, thresholds, faults and remedies',
    link: 'v=1&scenario=ring&seed=7&hidden=24,8&batchNorm=true&threshold=loss-spike.warning:4&do=400,kill-relus,push-biases=1:14:-0.1:70&do=433,clip,rewind=384,clipNorm=1&do=500,edit,activation=leaky-relu,slope=0.2,batchNorm=true',
    scenario: 'ring',
    means: { seed: 7, hidden: [24, 8], batchNorm: true, thresholds: { 'loss-spike.warning': 4 } },
    timeline: [
      '400 kill-relus {"kind":"push-biases","layer":1,"units":14,"perStep":-0.1,"steps":70}',
      '433 clip → 384 {"kind":"set","settings":{"clipNorm":1}}',
      '500 edit {"kind":"set","settings":{"activation":"leaky-relu","slope":0.2,"batchNorm":true}}',
    ],
  },
  {
    from: 'the engines: dropout, schedules and the conditions of a run',
    link: '?scenario=ring&hidden=8&train=400&validation=200&batch=40&validateEvery=20&engine=tfjs.webgpu&pace=max&do=400,edit,schedule=cosine,warmUp=50,scheduleSteps=1000,scheduleFactor=0.1&do=400,edit,dropout=0.3',
    scenario: 'ring',
    means: { hidden: [8], train: 400, validation: 200, batch: 40, validateEvery: 20 },
    timeline: [
      '400 edit {"kind":"set","settings":{"schedule":"cosine","warmUp":50,"scheduleSteps":1000,"scheduleFactor":0.1}}',
      '400 edit {"kind":"set","settings":{"dropout":0.3}}',
    ],
  },
  {
    from: 'the catalogue: bad batches, skipped ones, redrawn weights',
    link: '?v=1&scenario=ring&do=399,bad-batch,corrupt-batch=3:true:1&do=405,skip-batches,rewind=384,skip-batches=380:200&do=450,reinitialise-dead,rewind=450,reinitialise&do=460,edit,rewind=460,initialise',
    scenario: 'ring',
    means: {},
    timeline: [
      '399 bad-batch {"kind":"corrupt-batch","inputs":3,"swapped":true,"steps":1}',
      '405 skip-batches → 384 {"kind":"skip-batches","from":380,"steps":200}',
      '450 reinitialise-dead → 450 {"kind":"reinitialise"}',
      '460 edit → 460 {"kind":"initialise"}',
    ],
  },
  {
    from: 'the catalogue: too little data, production inputs, what is not emitted',
    link: '?v=1&scenario=ring&unemitted=validation_loss.accuracy&do=0,hide-signals,unemitted=validation_loss.validation_accuracy&do=400,starve,keep=24,mislabelled=4&do=400,drift-inputs,drift=1.25:1:0:0:0:300&do=400,refresh-validation,rewind=400,validationFrom=production',
    scenario: 'ring',
    means: { unemitted: ['validation_loss', 'accuracy'] },
    timeline: [
      '0 hide-signals {"kind":"set","settings":{"unemitted":["validation_loss","validation_accuracy"]}}',
      '400 starve {"kind":"set","settings":{"keep":24,"mislabelled":4}}',
      '400 drift-inputs {"kind":"drift","shift":1.25,"scale":1,"rotate":0,"noise":0,"prior":0,"steps":300}',
      '400 refresh-validation → 400 {"kind":"set","settings":{"validationFrom":"production"}}',
    ],
  },
  {
    from: 'telemetry: what is emitted beside the core signals',
    link: '?v=1&scenario=ring&do=240,instrument-everything,telemetry=per-weight',
    scenario: 'ring',
    means: {},
    timeline: ['240 instrument-everything {"kind":"set","settings":{"telemetry":"per-weight"}}'],
  },
  {
    from: 'the page’s pictures: a run that diverges',
    link: '?loss=squared-error&activation=leaky-relu&pace=600&do=300,edit,learningRate=100',
    scenario: 'ring',
    means: { loss: 'squared-error', activation: 'leaky-relu' },
    timeline: ['300 edit {"kind":"set","settings":{"learningRate":100}}'],
  },
];
