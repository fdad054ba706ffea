// Every published rule that the detectors are compared with.
import { deepcheckerDead } from './deepcheckerDead.ts';
import { klBatch } from './klBatch.ts';
import { klWindow } from './klWindow.ts';
import { lightningSpike } from './lightningSpike.ts';
import { lossDoubled } from './lossDoubled.ts';
import { megatronLargeGradient } from './megatronLargeGradient.ts';
import { megatronSpikyLoss } from './megatronSpikyLoss.ts';
import { olmoLoss } from './olmoLoss.ts';
import { olmoLossOrNorm } from './olmoLossOrNorm.ts';
import { prechelt } from './prechelt.ts';
import type { PublishedRule } from './rule.ts';
import { sagemakerDeadRelu } from './sagemakerDeadRelu.ts';
import { sagemakerExplodingTensor } from './sagemakerExplodingTensor.ts';
import { sagemakerLossNotDecreasing } from './sagemakerLossNotDecreasing.ts';
import { sagemakerLossRise } from './sagemakerLossRise.ts';
import { sagemakerOverfit } from './sagemakerOverfit.ts';
import { sagemakerSaturatedActivation } from './sagemakerSaturatedActivation.ts';
import { sagemakerVanishingGradient } from './sagemakerVanishingGradient.ts';
import { sagemakerWeightUpdateRatio } from './sagemakerWeightUpdateRatio.ts';
import { smoothedOverfit } from './smoothedOverfit.ts';
import { textbookDead } from './textbookDead.ts';
import { textbookOverfit } from './textbookOverfit.ts';
import { textbookSpike } from './textbookSpike.ts';
import { textbookSpikeWarning } from './textbookSpikeWarning.ts';
import { wandbZScore } from './wandbZScore.ts';
import { winsorisedSpike } from './winsorisedSpike.ts';

export const publishedRules = [
  deepcheckerDead,
  klBatch,
  klWindow,
  lightningSpike,
  lossDoubled,
  megatronLargeGradient,
  megatronSpikyLoss,
  olmoLoss,
  olmoLossOrNorm,
  prechelt,
  sagemakerDeadRelu,
  sagemakerExplodingTensor,
  sagemakerLossNotDecreasing,
  sagemakerLossRise,
  sagemakerOverfit,
  sagemakerSaturatedActivation,
  sagemakerVanishingGradient,
  sagemakerWeightUpdateRatio,
  smoothedOverfit,
  textbookDead,
  textbookOverfit,
  textbookSpike,
  textbookSpikeWarning,
  wandbZScore,
  winsorisedSpike,
] as const satisfies readonly PublishedRule[];
