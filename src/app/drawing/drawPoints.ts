// Examples on the surface: disks that training sees, triangles that users send; one mark per class, outlined so that it shows on every ground.

export interface PointLook {
  readonly ink: string;
  readonly ground: string;
}

export interface Point {
  /** CSS pixels. */
  readonly x: number;
  readonly y: number;
  readonly label: number;
}

const radius = 4;

/** How a class is filled. Two classes: hollow and filled; more: half, ring, quarter, and crossed. */
const fills = [hollow, filled, half, ringed, bar, crossed] as const;

export function drawPoints(
  context: CanvasRenderingContext2D,
  points: readonly Point[],
  look: PointLook,
  size = 1,
): void {
  for (const point of points) {
    const { x, y, label } = at(context, point, size);
    disk(context, x, y, radius + 1.6, look.ground);
    disk(context, x, y, radius, look.ink);
    fills[label % fills.length]?.(context, x, y, look);
    context.restore();
  }
}

/** Moves the origin to the point; what is drawn there is of this size. To be restored. */
function at(context: CanvasRenderingContext2D, { x, y, label }: Point, size: number): Point {
  context.save();
  context.translate(x, y);
  context.scale(size, size);
  return { x: 0, y: 0, label };
}

/** Middle to corner. */
const reach = 6;

export function drawTriangles(
  context: CanvasRenderingContext2D,
  points: readonly Point[],
  look: PointLook,
  size = 1,
): void {
  for (const point of points) {
    const { x, y, label } = at(context, point, size);
    triangle(context, x, y, reach + 3, look.ground);
    triangle(context, x, y, reach, look.ink);
    if (label === 0) triangle(context, x, y, reach - 3.2, look.ground);
    else marked(context, x, y, label, look);
    context.restore();
  }
}

/** The mark of a class within the triangle that was drawn last. */
function marked(context: CanvasRenderingContext2D, x: number, y: number, label: number, look: PointLook) {
  context.save();
  context.clip();
  fills[label % fills.length]?.(context, x, y, look);
  context.restore();
}

function triangle(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  size: number,
  colour: string,
): void {
  const [side, foot] = [size * 0.87, size * 0.5];
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(x, y - size);
  context.lineTo(x + side, y + foot);
  context.lineTo(x - side, y + foot);
  context.closePath();
  context.fill();
}

function disk(context: CanvasRenderingContext2D, x: number, y: number, size: number, colour: string): void {
  context.fillStyle = colour;
  context.beginPath();
  context.arc(x, y, size, 0, 2 * Math.PI);
  context.fill();
}

function filled(): void {
  // The disk itself.
}

function hollow(context: CanvasRenderingContext2D, x: number, y: number, { ground }: PointLook): void {
  disk(context, x, y, radius - 1.5, ground);
}

function half(context: CanvasRenderingContext2D, x: number, y: number, { ground }: PointLook): void {
  context.fillStyle = ground;
  context.beginPath();
  context.arc(x, y, radius - 1.2, -Math.PI / 2, Math.PI / 2);
  context.fill();
}

function ringed(context: CanvasRenderingContext2D, x: number, y: number, look: PointLook): void {
  disk(context, x, y, radius - 1.2, look.ground);
  disk(context, x, y, 1.5, look.ink);
}

function bar(context: CanvasRenderingContext2D, x: number, y: number, { ground }: PointLook): void {
  context.fillStyle = ground;
  context.fillRect(x - radius, y - 0.9, 2 * radius, 1.8);
}

function crossed(context: CanvasRenderingContext2D, x: number, y: number, look: PointLook): void {
  bar(context, x, y, look);
  context.fillRect(x - 0.9, y - radius, 1.8, 2 * radius);
}
