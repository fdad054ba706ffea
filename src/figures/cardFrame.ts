// Where everything on a crash report stands: its size, and its edges.

export const cardSize = { width: 1200, height: 630 } as const;
export const edge = 48;
/** Pixels below the lowest thing on it. */
export const foot = 20;
