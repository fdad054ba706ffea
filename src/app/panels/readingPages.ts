// Pages that stand beside this one, by their folders; each opens in a new tab, for the run goes on in this.
export const readingPages: readonly (readonly [folder: string, text: string])[] = [
  ['gallery', 'Gallery'],
  ['symptoms', 'Symptom finder'],
  ['handout', 'Handout to print'],
  ['instructor', 'For instructors'],
];
