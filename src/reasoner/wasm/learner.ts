import type { Moments } from '../core.ts';
import { BETA1, EPSILON, WEIGHT_DECAY } from '../optimizer.ts';
import { inOne, inParts, type ParameterShape, parameterShapes } from '../parameters.ts';
import type { ReasonerConfig, UpdateOptions } from '../reasoner.ts';
import type { Heap } from './heap.ts';

/**
 * The vectors of all parameters that the engine itself keeps, in a memory of the kernels: weights, AdamW's moments
 * (Loshchilov & Hutter 2019) and the gradient that shards are added to.
 */
export class Learner {
  /** Numbers of each vector. */
  readonly size: number;
  private readonly at: Record<'parameters' | 'm' | 'v' | 'sum' | 'part', number>;
  private readonly shapes: readonly ParameterShape[];
  /** Updates that the moments have seen. */
  private steps = 0;

  constructor(
    private readonly heap: Heap,
    config: ReasonerConfig,
  ) {
    this.shapes = parameterShapes(config);
    this.size = this.shapes.reduce((sum, { size }) => sum + size, 0);
    const vector = () => heap.zeros((this.size + 3) & ~3);
    this.at = { parameters: vector(), m: vector(), v: vector(), sum: vector(), part: vector() };
  }

  /** The weights in place. Their address never changes: nothing is given room after the vectors. */
  get parameters(): Float32Array {
    return this.heap.floats(this.at.parameters, this.size);
  }

  /** The sum of the gradients in place, as {@link parameters}. */
  get gradient(): Float32Array {
    return this.heap.floats(this.at.sum, this.size);
  }

  get bytes(): number {
    return this.heap.bytes;
  }

  /** Forgets what updates have left. */
  reset(): void {
    this.steps = 0;
    for (const at of [this.at.m, this.at.v]) this.heap.floats(at, this.size).fill(0);
  }

  moments(): Moments {
    const read = (at: number) => inParts(this.shapes, this.heap.floats(at, this.size));
    return { first: read(this.at.m), second: read(this.at.v), steps: this.steps };
  }

  /** The opposite of {@link moments}. */
  setMoments({ first, second, steps }: Moments): void {
    this.heap.floats(this.at.m, this.size).set(inOne(first));
    this.heap.floats(this.at.v, this.size).set(inOne(second));
    this.steps = steps;
  }

  startGradient(): void {
    this.heap.floats(this.at.sum, this.size).fill(0);
  }

  addGradient(part: Float32Array): void {
    this.heap.floats(this.at.part, this.size).set(part);
    this.heap.run.addInto(this.at.sum, this.at.part, this.size);
  }

  /**
   * Moves the weights by AdamW with clipping of the global norm, unless the gradient is not finite; those that are
   * `elses` stay. Returns the gradient's norm before clipping.
   */
  step(
    { learningRate, maxGradNorm, beta2 }: Pick<UpdateOptions, 'learningRate' | 'maxGradNorm' | 'beta2'>,
    elses: (parameter: ParameterShape) => boolean = () => false,
  ): number {
    const { run } = this.heap;
    const { parameters, m, v, sum } = this.at;
    // What fills the vector up to a multiple of four is zero.
    const gradNorm = Math.sqrt(run.squares(sum, (this.size + 3) & ~3));
    if (!Number.isFinite(gradNorm)) return gradNorm;
    this.steps++;
    const scale = gradNorm > maxGradNorm ? maxGradNorm / gradNorm : 1;
    const rate = learningRate / (1 - BETA1 ** this.steps);
    const correction = 1 / (1 - beta2 ** this.steps);
    for (const parameter of this.shapes) {
      if (elses(parameter)) continue;
      const { offset, size, shape } = parameter;
      const [p, a, b, g] = [parameters, m, v, sum].map((at) => at + 4 * offset) as [
        number,
        number,
        number,
        number,
      ];
      // Norm gains do not decay.
      const kept = shape.length > 1 ? 1 - learningRate * WEIGHT_DECAY : 1;
      run.adamw(p, a, b, g, size, scale, BETA1, beta2, rate, correction, EPSILON, kept);
    }
    return gradNorm;
  }
}
