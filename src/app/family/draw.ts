/** The tree on a canvas: only what is in sight, marks of one look in one path, so that ten thousand stay smooth. */
import type { TaskBook } from '../../run/taskBook.ts';
import { ALL_KINDS, type TaskKind } from '../../tasks/task.ts';
import { t } from '../../words/words.ts';
import { cssColour } from '../charts/colours.ts';
import { type Family, type FamilyNode, lineOf } from './layout.ts';
import { mark } from './marks.ts';
import { AXIS, radiusOf, type Size, type Viewport } from './viewport.ts';

interface Scene {
  family: Family;
  /** Kinds, solve rates, and who has left the buffer. */
  book: TaskBook;
  view: Viewport;
  size: Size;
  chosen: FamilyNode | null;
  hovered: FamilyNode | null;
}

/** A scene with the pixels of every task, worked out once a frame. */
interface Frame extends Scene {
  x: Float32Array;
  y: Float32Array;
  isSeen: Uint8Array;
}

/** Shares of a mark's fill that are told apart. */
const FILLS = 8;
/** Smaller marks have no outline: they would be nothing else. */
const OUTLINED = 2.4;
/** So many edges are one path, and beyond so many in sight nobody sees that they are straight. */
const EDGES_A_PATH = 250;
const CURVED = 3000;
/** Pixels between two steps that are named. */
const BETWEEN_LABELS = 64;

/** Draws the scene anew; what is chosen stands before all else. */
export function drawFamily(canvas: CanvasRenderingContext2D, scene: Scene): void {
  const frame = frameOf(scene);
  const { size, chosen, hovered } = frame;
  canvas.clearRect(0, 0, size.width, size.height);
  drawSteps(canvas, frame);
  canvas.save();
  // Of a tree that is zoomed into nothing stands on the names of the steps.
  canvas.beginPath();
  canvas.rect(0, 0, size.width, size.height - AXIS);
  canvas.clip();
  drawEdges(canvas, frame);
  drawMarks(canvas, frame);
  if (chosen) drawChosen(canvas, frame, chosen);
  if (hovered && hovered !== chosen) ring(canvas, frame, hovered, 1.5);
  canvas.restore();
}

function frameOf(scene: Scene): Frame {
  const { family, view, size } = scene;
  const { length } = family.nodes;
  const [x, y, isSeen] = [new Float32Array(length), new Float32Array(length), new Uint8Array(length)];
  family.nodes.forEach((node, at) => {
    const left = view.x + node.column * view.scaleX;
    const top = view.y + node.y * view.scaleY;
    x[at] = left;
    y[at] = top;
    isSeen[at] = left > -10 && top > -10 && left < size.width + 10 && top < size.height + 10 ? 1 : 0;
  });
  return { ...scene, x, y, isSeen };
}

/** Pixels of a task. */
function pixelOf({ x, y }: Frame, { at }: FamilyNode): [x: number, y: number] {
  return [x[at] ?? 0, y[at] ?? 0];
}

function drawSteps(canvas: CanvasRenderingContext2D, { family, view, size }: Frame): void {
  canvas.font = `12px ${getComputedStyle(canvas.canvas).fontFamily}`;
  canvas.fillStyle = cssColour('--ink-3');
  canvas.textAlign = 'center';
  let free = Number.NEGATIVE_INFINITY;
  family.columns.forEach((column, at) => {
    const step = column[0]?.step ?? 0;
    const x = view.x + at * view.scaleX;
    if (x < free || step === family.columns[at - 1]?.[0]?.step) return;
    if (x > 20 && x < size.width - 20) {
      canvas.fillText(
        step === 0 ? t('seeding') : t('step {step}', { step: String(step) }),
        x,
        size.height - 9,
      );
    }
    free = x + BETWEEN_LABELS;
  });
}

/** A soft S from parent to child, or a straight line. */
function edge(
  canvas: CanvasRenderingContext2D,
  frame: Frame,
  from: FamilyNode,
  to: FamilyNode,
  isStraight = false,
): void {
  const [left, top] = pixelOf(frame, from);
  const [right, bottom] = pixelOf(frame, to);
  const middle = (left + right) / 2;
  canvas.moveTo(left, top);
  if (isStraight) canvas.lineTo(right, bottom);
  else canvas.bezierCurveTo(middle, top, middle, bottom, right, bottom);
}

function drawEdges(canvas: CanvasRenderingContext2D, frame: Frame): void {
  const { family, view, chosen, isSeen } = frame;
  const seen = family.nodes.filter(({ at, parent }) => parent && (isSeen[at] || isSeen[parent.at]));
  canvas.strokeStyle = cssColour('--line-strong');
  // Thousands of lines over one another would be a grey wall.
  canvas.globalAlpha = (chosen ? 0.35 : 0.7) * Math.max(0.4, Math.min(1, 2000 / seen.length));
  canvas.lineWidth = Math.min(1, radiusOf(view) / 3);
  // Browsers take much longer for one path of thousands of lines than for many of hundreds.
  for (let from = 0; from < seen.length; from += EDGES_A_PATH) {
    canvas.beginPath();
    for (const node of seen.slice(from, from + EDGES_A_PATH)) {
      edge(canvas, frame, node.parent as FamilyNode, node, seen.length > CURVED);
    }
    canvas.stroke();
  }
  canvas.globalAlpha = 1;
}

/** How the mark of a task looks. */
interface Look {
  kind: TaskKind;
  /** Eighths of the fill; null before the first attempt. */
  fill: number | null;
  hasLeft: boolean;
}

function drawMarks(canvas: CanvasRenderingContext2D, frame: Frame): void {
  const { family, book, isSeen } = frame;
  const looks = new Map<number, { look: Look; nodes: FamilyNode[] }>();
  for (const node of family.nodes) {
    const task = isSeen[node.at] ? book.ever(node.id) : undefined;
    if (!task) continue;
    const { kind, solveRate } = task;
    const fill = solveRate === null ? null : Math.round(solveRate * FILLS);
    const hasLeft = book.get(node.id) === undefined;
    const code = (ALL_KINDS.indexOf(kind) * (FILLS + 2) + (fill ?? -1) + 1) * 2 + Number(hasLeft);
    const same = looks.get(code);
    if (same) same.nodes.push(node);
    else looks.set(code, { look: { kind, fill, hasLeft }, nodes: [node] });
  }
  for (const { look, nodes } of looks.values()) drawLook(canvas, frame, look, nodes);
  canvas.globalAlpha = 1;
}

function drawLook(
  canvas: CanvasRenderingContext2D,
  frame: Frame,
  { kind, fill, hasLeft }: Look,
  nodes: readonly FamilyNode[],
): void {
  const radius = radiusOf(frame.view) * (hasLeft ? 0.6 : 1);
  canvas.beginPath();
  for (const node of nodes) mark(canvas, kind, ...pixelOf(frame, node), radius);
  const isOutlined = radius >= OUTLINED;
  const colour = cssColour(`--${kind}`);
  if (isOutlined) {
    // What is hollow is so to the lines behind it, too.
    canvas.globalAlpha = 1;
    canvas.fillStyle = cssColour('--panel');
    canvas.fill();
  }
  canvas.fillStyle = colour;
  const share = (fill ?? 0) / FILLS;
  canvas.globalAlpha = isOutlined ? share : 0.3 + 0.7 * share;
  canvas.fill();
  if (!isOutlined) return;
  canvas.globalAlpha = 1;
  canvas.strokeStyle = colour;
  canvas.lineWidth = Math.max(1, radius / 5);
  canvas.setLineDash(fill === null ? [2, 2] : []);
  canvas.stroke();
  canvas.setLineDash([]);
}

/** The line from the first to the chosen one, its other references dashed, and its children. */
function drawChosen(canvas: CanvasRenderingContext2D, frame: Frame, chosen: FamilyNode): void {
  const { view, family, book } = frame;
  const line = lineOf(chosen);
  const stroke = (width: number, pairs: readonly (readonly [FamilyNode, FamilyNode])[]) => {
    canvas.lineWidth = width;
    canvas.beginPath();
    for (const [from, to] of pairs) edge(canvas, frame, from, to);
    canvas.stroke();
  };
  canvas.strokeStyle = cssColour('--ink');
  stroke(
    1,
    family.nodes.flatMap((node) => (node.references.includes(chosen) ? [[chosen, node] as const] : [])),
  );
  canvas.setLineDash([4, 4]);
  stroke(
    1.5,
    chosen.references.slice(1).map((reference) => [reference, chosen] as const),
  );
  canvas.setLineDash([]);
  stroke(
    2.5,
    line.slice(1).map((node) => [node.parent as FamilyNode, node] as const),
  );
  // Over the line, and large enough to be seen from afar.
  const near = Math.max(radiusOf(view), 4);
  for (const node of line) {
    const task = book.ever(node.id);
    if (!task) continue;
    canvas.beginPath();
    mark(canvas, task.kind, ...pixelOf(frame, node), near);
    canvas.fillStyle = cssColour('--panel');
    canvas.fill();
    canvas.globalAlpha = task.solveRate ?? 0;
    canvas.fillStyle = cssColour(`--${task.kind}`);
    canvas.fill();
    canvas.globalAlpha = 1;
    canvas.strokeStyle = cssColour(`--${task.kind}`);
    canvas.lineWidth = 1.5;
    canvas.stroke();
  }
  ring(canvas, frame, chosen, 2.5);
}

function ring(canvas: CanvasRenderingContext2D, frame: Frame, node: FamilyNode, width: number): void {
  canvas.beginPath();
  canvas.arc(...pixelOf(frame, node), Math.max(radiusOf(frame.view), 4) + 4, 0, 2 * Math.PI);
  canvas.strokeStyle = cssColour('--ink');
  canvas.lineWidth = width;
  canvas.stroke();
}
