import type { MicroBatch } from '../batch.ts';
import { type Core, type Moments, NO_BASE, type UpdateSums } from '../core.ts';
import type { Packing } from '../groups.ts';
import { inOne, inParts, parameterShapes } from '../parameters.ts';
import { ThreadPool } from '../pool/pool.ts';
import type { Spawn, ToThread } from '../pool/protocol.ts';
import type { ReasonerConfig, ReasonerMemory, Rollout, SampleOptions, UpdateOptions } from '../reasoner.ts';
import type { SampleRow } from './decoding.ts';
import { Heap } from './heap.ts';
import { Learner } from './learner.ts';
import { isMuons, Muon } from './muon.ts';
import { gradientShards, sampleShards } from './shards.ts';
import type { ShardGradient } from './unit.ts';

/**
 * Positions of a micro-batch. Between 512 and 2048 they make no difference to one thread; few leave less to wait for when
 * threads share a small batch, and keep less memory.
 */
const POSITIONS = 512;

/**
 * The decoder on the processor's cores with our own WebAssembly kernels. Weights and optimizer live here; each thread
 * has a copy of the weights. A call is cut into shards: what comes of a shard, and the order in which gradients are
 * summed, does not depend on how many threads there are, so neither does a single bit of a run.
 */
export class WasmCore implements Core {
  readonly packing: Packing;
  readonly hasMuon = true;
  private base: Float32Array | null = null;
  private readonly pool: ThreadPool;
  /** Muon's momentum, once an update has asked for it. */
  private muon: Muon | null = null;

  private constructor(
    private readonly config: ReasonerConfig,
    private readonly learner: Learner,
    spawn: Spawn,
    threads: number,
  ) {
    this.packing = { style: 'ragged', tokenBudget: Math.max(POSITIONS, config.contextLength), forks: true };
    this.pool = new ThreadPool(spawn, threads, () => [
      { type: 'open', config },
      ...this.weights('current', this.learner.parameters),
      ...this.weights('base', this.base),
    ]);
  }

  /**
   * Starts `threads` threads; each is given the weights `values`, in the order of `parameterShapes`. Throws where
   * WebAssembly has no SIMD.
   */
  static async create(
    config: ReasonerConfig,
    spawn: Spawn,
    threads: number,
    values: readonly Float32Array[],
  ): Promise<WasmCore> {
    const learner = new Learner(await Heap.open(), config);
    learner.parameters.set(inOne(values));
    return new WasmCore(config, learner, spawn, threads);
  }

  get hasBase(): boolean {
    return this.base !== null;
  }

  async sample(prompts: readonly (readonly number[])[], options: SampleOptions): Promise<Rollout[]> {
    const { contextLength } = this.config;
    const { maxNewTokens, temperature, greedy, seed, onProgress } = options;
    const weights = options.weights ?? 'current';
    if (weights === 'base' && !this.base) throw new Error(NO_BASE);
    const rollouts: Rollout[] = prompts.map(() => ({ tokens: [], logprobs: [], finished: false }));
    const rows = prompts.flatMap((prompt, index): SampleRow[] => {
      const limit = Math.min(maxNewTokens, contextLength - prompt.length);
      return limit > 0 ? [{ index, prompt, limit }] : [];
    });
    const shards = sampleShards(rows, this.config, this.pool.count).map((some) => ({
      type: 'sample' as const,
      weights,
      rows: some,
      options: { temperature, greedy, seed },
    }));
    const done = prompts.length - rows.length;
    await this.pool.run<'sample'>(
      shards,
      (answer, i) => {
        for (const [r, { index }] of shards[i]!.rows.entries()) rollouts[index] = answer[r]!;
      },
      (ended) => onProgress?.(done + ended, prompts.length),
    );
    return rollouts;
  }

  async update(batches: readonly MicroBatch[], options: UpdateOptions): Promise<UpdateSums> {
    const { normalizer, temperature, entropy } = options;
    if (!this.base && batches.some(({ usesBase }) => usesBase)) throw new Error(NO_BASE);
    const total: UpdateSums = { loss: 0, entropy: 0, kl: 0, gradNorm: 0 };
    if (batches.length === 0) return total;
    this.learner.startGradient();
    const waiting = new Map<number, ShardGradient>();
    let next = 0;
    const shards = gradientShards(batches).map((some) => ({
      type: 'gradient' as const,
      batches: some,
      options: { normalizer, temperature, entropy },
    }));
    await this.pool.run<'gradient'>(shards, (answer, index) => {
      // Sums of rounded numbers depend on their order, and shards end in any.
      waiting.set(index, answer);
      for (let part = waiting.get(next); part; part = waiting.get(next)) {
        waiting.delete(next++);
        this.learner.addGradient(part.gradient);
        total.loss += part.loss;
        total.entropy += part.entropy;
        total.kl += part.kl;
      }
    });
    total.gradNorm = await this.step(options);
    this.share('current', this.learner.parameters);
    return total;
  }

  async logprobs(batch: MicroBatch, temperature: number): Promise<Float32Array> {
    let values = new Float32Array(0);
    await this.pool.run<'logprobs'>([{ type: 'logprobs', batch, temperature }], (answer) => {
      values = answer as Float32Array<ArrayBuffer>;
    });
    return values;
  }

  async klToBase(batches: readonly MicroBatch[], temperature: number): Promise<number> {
    if (!this.base) throw new Error(NO_BASE);
    const sums = batches.map(() => 0);
    const shards = batches.map((batch) => ({ type: 'kl' as const, batch, temperature }));
    await this.pool.run<'kl'>(shards, (answer, index) => {
      sums[index] = answer;
    });
    return sums.reduce((sum, each) => sum + each, 0);
  }

  freezeBase(): void {
    this.base = this.learner.parameters.slice();
    this.share('base', this.base);
    this.resetOptimizer();
  }

  async read(): Promise<Float32Array[]> {
    return inParts(parameterShapes(this.config), this.learner.parameters);
  }

  write(values: readonly Float32Array[]): void {
    this.learner.parameters.set(inOne(values));
    this.share('current', this.learner.parameters);
    this.resetOptimizer();
  }

  async readMoments(): Promise<Moments> {
    return this.learner.moments();
  }

  writeMoments(moments: Moments): void {
    this.learner.setMoments(moments);
  }

  /** Vectors of all parameters count as tensors: the weights, two moments, the gradient and a part of it, the base. */
  memory(): ReasonerMemory {
    const base = this.base?.byteLength ?? 0;
    return { tensors: base > 0 ? 6 : 5, bytes: this.learner.bytes + base + this.pool.bytes };
  }

  dispose(): void {
    this.pool.dispose();
  }

  /** Moves the weights, unless the gradient is not finite. Returns the gradient's norm before clipping. */
  private async step(options: UpdateOptions): Promise<number> {
    const { learner } = this;
    if (options.optimizer !== 'muon') return learner.step(options);
    const gradNorm = learner.step(options, isMuons);
    if (!Number.isFinite(gradNorm)) return gradNorm;
    this.muon ??= new Muon(this.config);
    const { muon } = this;
    const directions = muon.directions(learner.gradient, Math.min(1, options.maxGradNorm / gradNorm));
    const orthogonal: Float32Array[] = [];
    const shards = muon.matrices.map(({ rows, columns }, i) => ({
      type: 'orthogonal' as const,
      matrix: directions[i]!,
      rows,
      columns,
    }));
    await this.pool.run<'orthogonal'>(shards, (answer, index) => {
      orthogonal[index] = answer;
    });
    muon.move(learner.parameters, orthogonal, options);
    return gradNorm;
  }

  private resetOptimizer(): void {
    this.learner.reset();
    this.muon = null;
  }

  private share(which: 'current' | 'base', values: Float32Array): void {
    for (const message of this.weights(which, values)) this.pool.broadcast(message);
  }

  private weights(which: 'current' | 'base', values: Float32Array | null): ToThread[] {
    // A copy of their own: of a view, a message would carry the whole memory.
    return values ? [{ type: 'weights', which, values: new Float32Array(values) }] : [];
  }
}
