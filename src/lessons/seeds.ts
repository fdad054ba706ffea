// Seed of each lesson: the first whose run is as its words say. Written by `npm run lessons:seeds`.
export const lessonSeeds = {
  'loss-spike': 37,
  'dead-relu': 1,
  'observability-gap': 57,
  'input-shift': 1,
  'over-instrumentation': 1,
} as const;
