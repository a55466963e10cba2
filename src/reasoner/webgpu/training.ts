/** Gradient steps on the GPU: uploads a micro-batch, runs the lists of `plan.ts`, reads the statistics back. */
import type { MicroBatch, TokenBatch } from '../batch.ts';
import { STEP_FIELDS } from '../kernels/webgpu/adamw.ts';
import { spansOf } from '../kernels/webgpu/attention.ts';
import { STATISTIC_FIELDS, TERM_FIELDS } from '../kernels/webgpu/policyLoss.ts';
import { BETA1, WEIGHT_DECAY } from '../optimizer.ts';
import type { ReasonerConfig, UpdateOptions, WeightsChoice } from '../reasoner.ts';
import { type BatchNumbers, packBatch } from './batchUniform.ts';
import type { Gpu, Sizes, Step } from './gpu.ts';
import type { ParameterBuffers } from './parameterBuffers.ts';
import { Plan } from './plan.ts';
import type { TrainingBuffers } from './trainingBuffers.ts';

/** Sums over the rows' positions of a micro-batch. */
export interface BatchSums {
  loss: number;
  entropy: number;
  kl: number;
}

export class Training {
  private readonly plan: Plan;
  /** What runs over the base; made when it is first asked for. */
  private baseForward: Step[] | null = null;
  private basePrefill: Step[] | null = null;
  private readonly stepNumbers = new Float32Array(STEP_FIELDS);

  private constructor(
    private readonly gpu: Gpu,
    private readonly config: ReasonerConfig,
    private readonly parameters: ParameterBuffers,
    /** Positions that a micro-batch may have. */
    readonly capacity: number,
    private readonly buffers: TrainingBuffers,
    plan: Plan,
    private readonly lists: Record<'forward' | 'values' | 'backward' | 'optimizer' | 'prefill', Step[]>,
  ) {
    this.plan = plan;
  }

  /** Compiles the kernels; `buffers` have room for micro-batches of up to `capacity` positions. */
  static async create(
    gpu: Gpu,
    config: ReasonerConfig,
    parameters: ParameterBuffers,
    capacity: number,
    buffers: TrainingBuffers,
  ): Promise<Training> {
    const plan = new Plan(config, gpu.profile, parameters, buffers);
    const source = parameters.parameters;
    const [forward, values, backward, optimizer, prefill] = await Promise.all([
      gpu.prepare(plan.forward(source, buffers.logits)),
      gpu.prepare(plan.loss(false)),
      gpu.prepare([...plan.loss(true), ...plan.backward()]),
      gpu.prepare(plan.optimizer()),
      gpu.prepare(plan.prefill(source)),
    ]);
    const lists = { forward, values, backward, optimizer, prefill };
    return new Training(gpu, config, parameters, capacity, buffers, plan, lists);
  }

  /**
   * Adds a micro-batch's gradient (the first one replaces what was there) and with `last` ends the update by
   * AdamW, all in one submission where the work allows it. `gradNorm` is that before clipping, 0 unless `last`.
   */
  async update(
    batch: MicroBatch,
    options: UpdateOptions,
    { first, last }: { first: boolean; last: boolean },
  ): Promise<BatchSums & { gradNorm: number }> {
    const { gpu, buffers, lists } = this;
    const { usesBase } = batch;
    const sizes = this.upload(batch, { ...options, accumulate: !first, usesBase });
    gpu.write(buffers.terms, termsOf(batch));
    gpu.write(buffers.places, placesOf(batch.inputs, this.config.vocabularySize));
    let encoder = gpu.device.createCommandEncoder();
    if (usesBase) encoder = gpu.record(await this.base(), sizes, encoder);
    encoder = gpu.record([...lists.forward, ...lists.backward], sizes, encoder);
    if (last) {
      this.uploadStep(options);
      encoder = gpu.record(lists.optimizer, sizes, encoder);
      encoder.copyBufferToBuffer(buffers.norm, 0, buffers.normRead, 0, 16);
    }
    const [statistics, norm] = await Promise.all([
      this.readStatistics(encoder, sizes),
      last ? gpu.read(buffers.normRead, 4) : null,
    ]);
    const gradNorm = norm?.[0] ?? 0;
    // A gradient that is not finite changed nothing, so the moments have not seen it either.
    if (last && Number.isFinite(gradNorm)) this.parameters.steps++;
    return { ...sumsOf(statistics), gradNorm };
  }

  /** log π(target) of the rows' positions. */
  async logprobs(batch: MicroBatch, temperature: number): Promise<Float32Array> {
    const sizes = this.upload(batch, { temperature, normalizer: 1 });
    this.gpu.write(this.buffers.terms, termsOf(batch));
    const encoder = this.gpu.record([...this.lists.forward, ...this.lists.values], sizes);
    const statistics = await this.readStatistics(encoder, sizes);
    return Float32Array.from(batch.targets, (_, i) => statistics[i * STATISTIC_FIELDS + 3]!);
  }

  /** Σ of KL(π‖base) over the rows' positions, each of which must have a KL coefficient of 1. */
  async klToBase(batch: MicroBatch, temperature: number): Promise<number> {
    const base = await this.base();
    const sizes = this.upload(batch, { temperature, usesBase: true });
    this.gpu.write(this.buffers.terms, termsOf(batch));
    const encoder = this.gpu.record([...base, ...this.lists.forward, ...this.lists.values], sizes);
    return sumsOf(await this.readStatistics(encoder, sizes)).kl;
  }

  /**
   * Every block's turned queries, keys and values of a batch of prefixes only, under the weights asked for, copied
   * to `to` at a position.
   */
  async computePrefixes(
    batch: TokenBatch,
    weights: WeightsChoice,
    to: readonly GPUBuffer[],
    position: number,
  ): Promise<void> {
    const prefill = await this.prefill(weights);
    const sizes = this.upload(batch, { temperature: 1, normalizer: 1 });
    const row = 4 * 3 * this.config.width;
    const encoder = this.gpu.record(prefill, sizes);
    for (const [layer, { qkv }] of this.buffers.blocks.entries()) {
      encoder.copyBufferToBuffer(qkv, 0, to[layer]!, position * row, sizes.tokens * row);
    }
    this.gpu.submit(encoder);
  }

  private async base(): Promise<Step[]> {
    const base = this.parameters.vector('base');
    this.baseForward ??= await this.gpu.prepare(this.plan.forward(base, this.buffers.baseLogits));
    return this.baseForward;
  }

  private async prefill(weights: WeightsChoice): Promise<Step[]> {
    if (weights === 'current') return this.lists.prefill;
    this.basePrefill ??= await this.gpu.prepare(this.plan.prefill(this.parameters.vector('base')));
    return this.basePrefill;
  }

  private readStatistics(encoder: GPUCommandEncoder, sizes: Sizes): Promise<Float32Array> {
    const { statistics, statisticsRead } = this.buffers;
    const numbers = (sizes.tokens - sizes.prefixTokens) * STATISTIC_FIELDS;
    encoder.copyBufferToBuffer(statistics, 0, statisticsRead, 0, 4 * numbers);
    this.gpu.submit(encoder);
    return this.gpu.read(statisticsRead, numbers);
  }

  private upload({ layout, inputs, positions }: TokenBatch, numbers: Omit<BatchNumbers, 'tokens'>): Sizes {
    const { gpu, buffers, capacity } = this;
    const { prefixTokens, tokens } = layout;
    if (tokens > capacity) {
      throw new RangeError(`A micro-batch of ${tokens} positions exceeds the capacity of ${capacity}`);
    }
    gpu.write(buffers.batch, packBatch({ ...numbers, tokens, prefixTokens }));
    gpu.write(buffers.tokens, inputs);
    gpu.write(buffers.spans, spansOf(layout, positions));
    return { tokens, prefixTokens };
  }

  private uploadStep({ learningRate, beta2, maxGradNorm }: UpdateOptions): void {
    const steps = this.parameters.steps + 1;
    const rate = learningRate / (1 - BETA1 ** steps);
    const correction = 1 / (1 - beta2 ** steps);
    this.stepNumbers.set([rate, correction, learningRate * WEIGHT_DECAY, BETA1, beta2, maxGradNorm]);
    this.gpu.write(this.buffers.step, this.stepNumbers);
  }
}

/** What `policyLoss.ts` reads of each of the rows' positions. */
export function termsOf({
  targets,
  weights,
  klToBase,
}: Pick<MicroBatch, 'targets' | 'weights' | 'klToBase'>): Float32Array {
  const terms = new Float32Array(targets.length * TERM_FIELDS);
  const bits = new Uint32Array(terms.buffer);
  for (let i = 0; i < targets.length; i++) {
    terms[i * TERM_FIELDS] = weights[i]!;
    terms[i * TERM_FIELDS + 1] = klToBase[i]!;
    bits[i * TERM_FIELDS + 2] = targets[i]!;
  }
  return terms;
}

/** Positions by token, increasing: `vocabulary + 1` starts, then the positions (a counting sort). */
export function placesOf(tokens: Int32Array, vocabulary: number): Uint32Array {
  const places = new Uint32Array(vocabulary + 1 + tokens.length);
  for (const token of tokens) places[token + 1]!++;
  for (let v = 0; v < vocabulary; v++) places[v + 1]! += places[v]!;
  const next = places.slice(0, vocabulary);
  for (let i = 0; i < tokens.length; i++) places[vocabulary + 1 + next[tokens[i]!]!++] = i;
  return places;
}

function sumsOf(statistics: Float32Array): BatchSums {
  const sums: BatchSums = { loss: 0, entropy: 0, kl: 0 };
  for (let i = 0; i < statistics.length; i += STATISTIC_FIELDS) {
    sums.loss += statistics[i]!;
    sums.entropy += statistics[i + 1]!;
    sums.kl += statistics[i + 2]!;
  }
  return sums;
}
