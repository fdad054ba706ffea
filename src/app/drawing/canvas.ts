// A canvas at the screen's own resolution, drawn at most once per animation frame.
import { zoomOf } from './zoom.ts';

/** Sizes the canvas in CSS pixels and returns a cleared context that is scaled to them. */
export function prepareCanvas(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
): CanvasRenderingContext2D | null {
  const ratio = devicePixelRatio * zoomOf(canvas);
  const [deviceWidth, deviceHeight] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== deviceWidth) canvas.width = deviceWidth;
  if (canvas.height !== deviceHeight) canvas.height = deviceHeight;
  const context = canvas.getContext('2d');
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  context?.clearRect(0, 0, width, height);
  return context;
}

export interface FrameRequest<T> {
  /** Draws in the next frame; of several requests before it, the last one. */
  readonly request: (input: T) => void;
  readonly cancel: () => void;
}

export function oncePerFrame<T>(draw: (input: T) => void): FrameRequest<T> {
  let pending: number | null = null;
  let latest: T;
  const run = () => {
    pending = null;
    draw(latest);
  };
  return {
    request: (input) => {
      latest = input;
      pending ??= requestAnimationFrame(run);
    },
    cancel: () => {
      if (pending !== null) cancelAnimationFrame(pending);
      pending = null;
    },
  };
}
