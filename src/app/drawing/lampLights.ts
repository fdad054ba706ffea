// Position-light signals: the state is where the lights are, colour only repeats it.

export type LampState = 'clear' | 'warning' | 'firing' | 'dark' | 'none';

export interface Light {
  readonly x: number;
  readonly y: number;
}

const line = (dx: number, dy: number): readonly Light[] =>
  [-1, 0, 1].map((place) => ({ x: 12 + place * dx, y: 12 + place * dy }));

/** Places of the three lights in a 24 × 24 box; none where the lamp is out or does not apply. */
export const lampLights: Readonly<Record<LampState, readonly Light[]>> = {
  clear: line(0, 5.8),
  warning: line(4.3, -4.3),
  firing: line(5.8, 0),
  dark: [],
  none: [],
};

/** What a lamp is called when it has no label of its own. */
export const lampNames: Readonly<Record<LampState, string>> = {
  clear: 'clear',
  warning: 'warning',
  firing: 'firing',
  dark: 'dark: not emitted',
  none: 'not applicable',
};
