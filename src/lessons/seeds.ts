// Seed of each lesson: the first whose run is as its words say. Written by `npm run lessons:seeds`.
export const lessonSeeds = {
  'observability-gap': 57,
  'over-instrumentation': 1,
} as const;
