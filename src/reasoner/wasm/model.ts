import { parameterShapes } from '../parameters.ts';
import type { ReasonerConfig } from '../reasoner.ts';
import type { Heap } from './heap.ts';

/** A matrix that activations are multiplied with, packed for the product and, once a gradient asks, for its way back. */
export interface Matrix {
  inputs: number;
  outputs: number;
  /** Panels of `[inputs, outputs]`. */
  panels: number;
  /** Panels of the transposed. */
  transposed: number;
  /** Place of its first number in the flat vector of all parameters. */
  offset: number;
  /** Whether its numbers lie as `[outputs, inputs]`: the head that is tied to the embedding. */
  isTransposed: boolean;
}

export interface Block {
  /** Offsets of the gains. */
  inputNorm: number;
  postNorm: number;
  qkv: Matrix;
  attentionOut: Matrix;
  gateUp: Matrix;
  down: Matrix;
}

/** The weights in a {@link Heap}: one flat vector in the order of `parameterShapes`, and its matrices in panels. */
export class Model {
  readonly size: number;
  readonly blocks: Block[];
  /** Offset of the last gain. */
  readonly norm: number;
  readonly head: Matrix;
  private readonly at: number;
  private readonly matrices: Matrix[] = [];
  private areTransposed = false;

  constructor(
    private readonly heap: Heap,
    readonly config: ReasonerConfig,
    /** Whether gradients will be asked for. */
    private readonly learns: boolean,
  ) {
    const shapes = parameterShapes(config);
    this.size = shapes.reduce((sum, { size }) => sum + size, 0);
    this.at = heap.room(this.size);
    const offsets = new Map(shapes.map(({ name, offset }) => [name, offset]));
    const offsetOf = (name: string) => offsets.get(name) as number;
    const { width, feedForward, vocabularySize, tiedHead } = config;
    const matrix = (name: string, inputs: number, outputs: number, isTransposed = false): Matrix => {
      const panels = heap.room(panelNumbers(inputs, outputs));
      const transposed = learns ? heap.room(panelNumbers(outputs, inputs)) : 0;
      const made = { inputs, outputs, panels, transposed, offset: offsetOf(name), isTransposed };
      this.matrices.push(made);
      return made;
    };
    this.blocks = Array.from({ length: config.layers }, (_, layer) => {
      const name = `blocks.${layer}.`;
      return {
        inputNorm: offsetOf(`${name}inputNorm`),
        postNorm: offsetOf(`${name}postNorm`),
        qkv: matrix(`${name}qkv`, width, 3 * width),
        attentionOut: matrix(`${name}attentionOut`, width, width),
        gateUp: matrix(`${name}gateUp`, width, 2 * feedForward),
        down: matrix(`${name}down`, feedForward, width),
      };
    });
    this.norm = offsetOf('norm');
    this.head = tiedHead
      ? matrix('embedding', width, vocabularySize, true)
      : matrix('head', width, vocabularySize);
  }

  /** Address of the parameter at an offset; the embedding is the first. */
  address(offset: number): number {
    return this.at + 4 * offset;
  }

  /** Replaces all weights. */
  write(values: Float32Array): void {
    this.heap.floats(this.at, this.size).set(values);
    const { run } = this.heap;
    for (const { inputs, outputs, panels, offset, isTransposed } of this.matrices) {
      if (isTransposed) run.packTransposed(this.address(offset), outputs, inputs, panels);
      else run.packColumns(this.address(offset), inputs, outputs, panels);
    }
    this.areTransposed = false;
  }

  /** The weights as they are, to be read before the next room is asked for. */
  read(): Float32Array {
    return this.heap.floats(this.at, this.size);
  }

  /** Packs what gradients multiply with; once after the weights have changed. */
  prepareGradients(): void {
    if (this.areTransposed || !this.learns) return;
    this.areTransposed = true;
    const { run } = this.heap;
    for (const { inputs, outputs, transposed, offset, isTransposed } of this.matrices) {
      if (isTransposed) run.packColumns(this.address(offset), outputs, inputs, transposed);
      else run.packTransposed(this.address(offset), inputs, outputs, transposed);
    }
  }
}

/** Numbers that a matrix takes in panels of sixteen columns. */
function panelNumbers(rows: number, columns: number): number {
  return rows * 16 * Math.ceil(columns / 16);
}
