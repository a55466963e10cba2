import { BETA1, EPSILON, WEIGHT_DECAY } from '../optimizer.ts';
import { parameterShapes } from '../parameters.ts';
import type { ReasonerConfig, UpdateOptions } from '../reasoner.ts';

/** AdamW (Loshchilov & Hutter 2019) with clipping of the global norm, on flat vectors, in double precision. */
export class FlatAdamW {
  private readonly m: Float32Array;
  private readonly v: Float32Array;
  private steps = 0;
  private readonly spans: { offset: number; end: number; decays: boolean }[];

  constructor(config: ReasonerConfig) {
    const shapes = parameterShapes(config);
    // Norm gains do not decay.
    this.spans = shapes.map(({ shape, size, offset }) => ({
      offset,
      end: offset + size,
      decays: shape.length > 1,
    }));
    const total = this.spans.at(-1)!.end;
    this.m = new Float32Array(total);
    this.v = new Float32Array(total);
  }

  /** Moves `parameters` in place, unless the gradient is not finite. Returns the gradient's norm before clipping. */
  step(
    parameters: Float32Array,
    gradient: Float32Array,
    { learningRate, maxGradNorm, beta2 }: Pick<UpdateOptions, 'learningRate' | 'maxGradNorm' | 'beta2'>,
  ): number {
    let squares = 0;
    for (let i = 0; i < gradient.length; i++) squares += gradient[i]! * gradient[i]!;
    const gradNorm = Math.sqrt(squares);
    if (!Number.isFinite(gradNorm)) return gradNorm;
    this.steps++;
    const scale = gradNorm > maxGradNorm ? maxGradNorm / gradNorm : 1;
    const rate = learningRate / (1 - BETA1 ** this.steps);
    const correction = 1 / (1 - beta2 ** this.steps);
    const { m, v } = this;
    for (const { offset, end, decays } of this.spans) {
      const kept = decays ? 1 - learningRate * WEIGHT_DECAY : 1;
      for (let i = offset; i < end; i++) {
        const g = gradient[i]! * scale;
        m[i] = BETA1 * m[i]! + (1 - BETA1) * g;
        v[i] = beta2 * v[i]! + (1 - beta2) * g * g;
        parameters[i] = parameters[i]! * kept - (rate * m[i]!) / (Math.sqrt(v[i]! * correction) + EPSILON);
      }
    }
    return gradNorm;
  }
}
