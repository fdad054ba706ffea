// LeakyReLU with slope 0.2 in place of ReLU, from here.
import { rateIsRaised, type Remedy } from './remedy.ts';

/** 0.01, the usual default, revives one run in six; 0.2 nearly all. */
const slope = 0.2;

export const leakyRelu = {
  id: 'leaky-relu',
  title: () => `LeakyReLU ${slope}`,
  starts: 'here',
  answers: { 'dead-neurons': 3 },
  why: 'Below zero a fifth of the gradient passes, so dead neurons learn their way back.',
  limits: () => 'Takes a few hundred steps. With the usual slope of 0.01 most stay dead.',
  offered: (context) => context.settings.activation === 'relu' && !rateIsRaised(context),
  change: () => ({ kind: 'set', settings: { activation: 'leaky-relu', slope } }),
} as const satisfies Remedy;
