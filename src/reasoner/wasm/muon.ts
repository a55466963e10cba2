import { type ParameterShape, parameterShapes } from '../parameters.ts';
import type { ReasonerConfig, UpdateOptions } from '../reasoner.ts';

/** Memory of the gradient's direction. */
const MOMENTUM = 0.95;
/** Its rate over AdamW's: measured on the warm-up. */
const RATE = 2;
/**
 * Share of the weights that a step takes away, over the rate. All orthogonal updates are equally large, so without it
 * weights grow until attention is too sure of itself to learn which operand is meant.
 */
const WEIGHT_DECAY = 0.1;

/** A matrix of a block in the flat vector of all parameters: `[rows, columns]` of rows `stride` numbers apart. */
interface BlockMatrix {
  offset: number;
  rows: number;
  columns: number;
  stride: number;
}

/**
 * Matrices that lie side by side to be multiplied as one. Each is made orthogonal by itself: together, the values' large
 * gradient would leave queries and keys next to nothing, and a base that cannot find the operand.
 */
const SIDE_BY_SIDE: Readonly<Record<string, number>> = { qkv: 3, gateUp: 2 };

/** Whether Muon moves a parameter: the matrices of the blocks. Embedding, head and gains are AdamW's. */
export function isMuons({ name, shape }: ParameterShape): boolean {
  return name.startsWith('blocks.') && shape.length === 2;
}

/**
 * Muon (Jordan et al. 2024) on the matrices of the blocks. The update of a matrix is its momentum made orthogonal,
 * scaled by 0.2·√max(rows, columns), so that it is as large as one of AdamW (Liu et al. 2025).
 */
export class Muon {
  private readonly momentum: Float32Array;
  readonly matrices: readonly BlockMatrix[];

  constructor(config: ReasonerConfig) {
    const shapes = parameterShapes(config);
    this.momentum = new Float32Array(shapes.reduce((sum, { size }) => sum + size, 0));
    this.matrices = shapes.filter(isMuons).flatMap(({ name, offset, shape: [rows = 0, stride = 0] }) => {
      const parts = SIDE_BY_SIDE[name.split('.').at(-1) as string] ?? 1;
      const columns = stride / parts;
      return Array.from({ length: parts }, (_, k) => ({
        offset: offset + k * columns,
        rows,
        columns,
        stride,
      }));
    });
  }

  /** What is to be made orthogonal of each matrix, given the gradient and what clips it: Nesterov's look ahead. */
  directions(gradient: Float32Array, scale: number): Float32Array[] {
    return this.matrices.map(({ offset, rows, columns, stride }) => {
      const direction = new Float32Array(rows * columns);
      for (let i = 0; i < direction.length; i++) {
        const at = offset + Math.floor(i / columns) * stride + (i % columns);
        const g = gradient[at]! * scale;
        const m = this.momentum[at]! + (1 - MOMENTUM) * (g - this.momentum[at]!);
        this.momentum[at] = m;
        direction[i] = g + MOMENTUM * (m - g);
      }
      return direction;
    });
  }

  /** Moves the parameters by the orthogonal directions. */
  move(
    parameters: Float32Array,
    orthogonal: readonly Float32Array[],
    { learningRate }: Pick<UpdateOptions, 'learningRate'>,
  ): void {
    const rate = RATE * learningRate;
    for (const [k, { offset, rows, columns, stride }] of this.matrices.entries()) {
      const by = rate * 0.2 * Math.sqrt(Math.max(rows, columns));
      const direction = orthogonal[k]!;
      for (let i = 0; i < direction.length; i++) {
        const at = offset + Math.floor(i / columns) * stride + (i % columns);
        parameters[at] = parameters[at]! * (1 - rate * WEIGHT_DECAY) - by * direction[i]!;
      }
    }
  }
}
