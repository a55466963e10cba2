/** The marks of tasks on the canvas, one shape a kind. */
import { ALL_KINDS, type TaskKind } from '../../tasks/task.ts';

type Shape = (canvas: CanvasRenderingContext2D, x: number, y: number, radius: number) => void;

/** A square, a circle, a diamond, an arch, as beside the kinds' names: colour alone tells nothing apart. */
const SHAPES: readonly Shape[] = [
  (canvas, x, y, radius) => canvas.rect(x - 0.9 * radius, y - 0.9 * radius, 1.8 * radius, 1.8 * radius),
  (canvas, x, y, radius) => {
    canvas.moveTo(x + radius, y);
    canvas.arc(x, y, radius, 0, 2 * Math.PI);
  },
  (canvas, x, y, radius) => {
    const reach = 1.15 * radius;
    canvas.moveTo(x, y - reach);
    canvas.lineTo(x + reach, y);
    canvas.lineTo(x, y + reach);
    canvas.lineTo(x - reach, y);
    canvas.closePath();
  },
  (canvas, x, y, radius) => {
    canvas.moveTo(x - radius, y + 0.6 * radius);
    canvas.arc(x, y + 0.6 * radius, radius, Math.PI, 0);
    canvas.closePath();
  },
];

/** Adds the mark of a kind around a point to the path. */
export function mark(
  canvas: CanvasRenderingContext2D,
  kind: TaskKind,
  x: number,
  y: number,
  radius: number,
): void {
  SHAPES[ALL_KINDS.indexOf(kind) % SHAPES.length]?.(canvas, x, y, radius);
}
