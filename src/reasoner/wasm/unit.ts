/** One thread's share of the engine: a copy of the weights, and the arithmetic on a shard of a call. */
import type { MicroBatch } from '../batch.ts';
import { NO_BASE } from '../core.ts';
import type { ReasonerConfig, Rollout, UpdateOptions, WeightsChoice } from '../reasoner.ts';
import { type DrawOptions, type SampleRow, sampleRows } from './decoding.ts';
import { Heap } from './heap.ts';
import { Model } from './model.ts';
import { orthogonalized } from './orthogonal.ts';
import { backward, forward } from './pass.ts';
import { type Prepared, prepare } from './prepared.ts';

/** How a gradient is taken; see `loss.ts`. */
export type GradientOptions = Pick<UpdateOptions, 'normalizer' | 'temperature' | 'entropy'>;

/** Sums of a shard of an update. */
export interface ShardGradient {
  /** Flat, in the order of `parameterShapes`. */
  gradient: Float32Array;
  /** Divided by the normalizer. */
  loss: number;
  entropy: number;
  kl: number;
}

export class ComputeUnit {
  private base: Model | null = null;

  private constructor(
    private readonly heap: Heap,
    private readonly config: ReasonerConfig,
    private readonly current: Model,
  ) {}

  /** Its weights are still to be written. Throws where WebAssembly has no SIMD. */
  static async open(config: ReasonerConfig): Promise<ComputeUnit> {
    const heap = await Heap.open();
    return new ComputeUnit(heap, config, new Model(heap, config, true));
  }

  /** Bytes of its memory; it never shrinks. */
  get bytes(): number {
    return this.heap.bytes;
  }

  write(which: WeightsChoice, values: Float32Array): void {
    if (which === 'base') this.base ??= new Model(this.heap, this.config, false);
    this.model(which).write(values);
  }

  /** One response a row, in their order. Throws a DivergedError when logits are not finite. */
  sample(
    which: WeightsChoice,
    rows: readonly SampleRow[],
    options: DrawOptions,
    onDone: () => void,
  ): Rollout[] {
    return sampleRows(this.heap, this.model(which), rows, options, onDone);
  }

  /** The sum of some micro-batches' gradients. */
  gradient(batches: readonly MicroBatch[], options: GradientOptions): ShardGradient {
    const { heap, current } = this;
    return heap.scoped(() => {
      current.prepareGradients();
      const gradient = heap.zeros(current.size);
      const total = { loss: 0, entropy: 0, kl: 0 };
      for (const batch of batches) {
        const [loss, entropy, kl] = heap.scoped(() => this.addGradient(batch, options, gradient));
        total.loss += loss / options.normalizer;
        total.entropy += entropy;
        total.kl += kl;
      }
      return { ...total, gradient: heap.floats(gradient, current.size).slice() };
    });
  }

  /** log π(target) of every position of the micro-batch's rows. */
  logprobs(batch: MicroBatch, temperature: number): Float32Array {
    const { heap } = this;
    return heap.scoped(() => {
      const { logits, m } = forward(heap, this.current, prepare(heap, batch, this.config));
      const [targets, out] = [heap.put(batch.targets), heap.room(m)];
      heap.run.targetLogprobs(logits, targets, out, m, this.config.vocabularySize, 1 / temperature);
      return heap.floats(out, m).slice();
    });
  }

  /** See {@link orthogonalized}. */
  orthogonal(matrix: Float32Array, rows: number, columns: number): Float32Array {
    return orthogonalized(this.heap, matrix, rows, columns);
  }

  /** Σ over the micro-batch's response tokens of KL(π‖base), in nats. */
  klToBase(batch: MicroBatch, temperature: number): number {
    const { heap, config } = this;
    return heap.scoped(() => {
      const prepared = prepare(heap, batch, config);
      const base = this.baseLogits(prepared);
      const { logits, m } = forward(heap, this.current, prepared);
      const out = heap.room(m);
      heap.run.klToBase(logits, base, out, m, config.vocabularySize, 1 / temperature);
      const values = heap.floats(out, m);
      return batch.counts.reduce((sum, times, i) => (times > 0 ? sum + times * values[i]! : sum), 0);
    });
  }

  /** Returns the sums of loss (not yet normalized), entropy and KL. */
  private addGradient(
    batch: MicroBatch,
    options: GradientOptions,
    gradient: number,
  ): [loss: number, entropy: number, kl: number] {
    const { heap, config, current } = this;
    const prepared = prepare(heap, batch, config);
    const base = batch.usesBase ? this.baseLogits(prepared) : 0;
    const pass = forward(heap, current, prepared);
    const dLogits = heap.room(pass.m * config.vocabularySize);
    const columns = [batch.targets, batch.counts, batch.weights, batch.klToBase].map((each) =>
      heap.put(each),
    );
    const sums = heap.room(6);
    heap.run.policyLoss(
      pass.logits,
      base,
      dLogits,
      ...columns,
      sums,
      pass.m,
      config.vocabularySize,
      1 / options.temperature,
      1 / (options.normalizer * options.temperature),
      options.entropy ?? 0,
    );
    backward(heap, current, prepared, pass, dLogits, gradient);
    return [...heap.doubles(sums, 3)] as [number, number, number];
  }

  /** Logits of the base at the rows' positions; nothing else of its pass is kept. */
  private baseLogits(batch: Prepared): number {
    const { heap } = this;
    const base = this.model('base');
    const { tokens, prefixTokens } = batch.layout;
    const numbers = (tokens - prefixTokens) * this.config.vocabularySize;
    const kept = heap.room(numbers);
    heap.scoped(() => {
      const { logits } = forward(heap, base, batch);
      heap.floats(kept, numbers).set(heap.floats(logits, numbers));
    });
    return kept;
  }

  private model(which: WeightsChoice): Model {
    const model = which === 'base' ? this.base : this.current;
    if (!model) throw new Error(NO_BASE);
    return model;
  }
}
