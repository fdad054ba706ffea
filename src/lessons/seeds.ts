// Seed of each lesson: the first whose run is as its words say. Written by `npm run lessons:seeds`.
export const lessonSeeds = {
  'over-instrumentation': 1,
} as const;
