/**
 * Sampling on the GPU: prompts are computed once into a cache, then a list of dispatches appends one token to
 * every row, sixteen times between two read-backs. Rows that have ended give their place to new ones.
 */

import { SPECIAL } from '../../language/vocabulary.ts';
import { prefixBatch } from '../batch.ts';
import { ROW_FIELDS } from '../kernels/webgpu/decodeAttention.ts';
import { DRAW_FIELDS } from '../kernels/webgpu/sample.ts';
import {
  DivergedError,
  type ReasonerConfig,
  type Rollout,
  type SampleOptions,
  type WeightsChoice,
} from '../reasoner.ts';
import { packBatch } from './batchUniform.ts';
import { allocateDecoding, type DecodingBuffers, DecodingPlan, MOST_ROWS, WINDOW } from './decodingPlan.ts';
import type { Gpu, Step } from './gpu.ts';
import type { ParameterBuffers } from './parameterBuffers.ts';
import type { Training } from './training.ts';

/** Positions of prompts that are cached at once, unless one prompt alone has more. */
export const PREFIX_POSITIONS = 16_384;

/** A sequence that is to be sampled. */
interface Row {
  index: number;
  limit: number;
  /** Place of its prompt's prefix in the cache. */
  prefixStart: number;
  prefixLength: number;
  /** Its place in the cache of new tokens while it grows. */
  slot: number;
}

/** What samples from one set of weights: the first input of every row, and one token more of it. */
interface Lists {
  start: Step[];
  step: Step[];
}

export class Decoding {
  /** Keys and values of the prompts, a buffer for each block. */
  private prefixes: { positions: number; buffers: GPUBuffer[] } | null = null;
  /** Made when the weights are first asked for, and anew when the prompts' cache has grown. */
  private readonly lists = new Map<WeightsChoice, Lists>();

  private constructor(
    private readonly gpu: Gpu,
    private readonly config: ReasonerConfig,
    private readonly parameters: ParameterBuffers,
    private readonly buffers: DecodingBuffers,
    private readonly plan: DecodingPlan,
  ) {}

  /** Allocates and compiles the kernels; `angles` is the rotary table. */
  static async create(
    gpu: Gpu,
    config: ReasonerConfig,
    parameters: ParameterBuffers,
    angles: GPUBuffer,
  ): Promise<Decoding> {
    const buffers = allocateDecoding(gpu, config);
    const plan = new DecodingPlan(gpu, config, parameters, buffers, angles);
    const decoding = new Decoding(gpu, config, parameters, buffers, plan);
    decoding.reserve(1024);
    await decoding.listsOf('current');
    return decoding;
  }

  /**
   * One response per prompt; see `Reasoner.sample`. `training` computes the prompts. Throws an Error when the base is
   * to answer but none was frozen.
   */
  async sample(
    training: Training,
    prompts: readonly (readonly number[])[],
    options: SampleOptions,
  ): Promise<Rollout[]> {
    const { weights = 'current' } = options;
    // Asked before anything else, so that a call without prompts fails too.
    this.parameters.vector(weights);
    const rollouts: Rollout[] = prompts.map(() => ({ tokens: [], logprobs: [], finished: false }));
    let done = 0;
    const onDone = () => options.onProgress?.(++done, prompts.length);
    for (const { rows, prefixes } of this.portions(prompts, options, onDone)) {
      await this.computePrefixes(training, prefixes, weights);
      await this.grow(await this.listsOf(weights), rows, prompts, rollouts, options, onDone);
    }
    return rollouts;
  }

  /** Cuts the call so that the prompts of a portion fit the cache; equal prompts are computed once in each. */
  private *portions(
    prompts: readonly (readonly number[])[],
    options: SampleOptions,
    onDone: () => void,
  ): Generator<{ rows: Row[]; prefixes: (readonly number[])[] }> {
    let rows: Row[] = [];
    let prefixes: (readonly number[])[] = [];
    let places = new Map<string, number>();
    let positions = 0;
    for (const [index, prompt] of prompts.entries()) {
      const limit = Math.min(options.maxNewTokens, this.config.contextLength - prompt.length);
      if (limit <= 0) {
        onDone();
        continue;
      }
      const prefix = prompt.slice(0, -1);
      const key = prefix.join(' ');
      if (!places.has(key) && rows.length > 0 && positions + prefix.length > PREFIX_POSITIONS) {
        yield { rows, prefixes };
        [rows, prefixes, places, positions] = [[], [], new Map(), 0];
      }
      let prefixStart = places.get(key);
      if (prefixStart === undefined) {
        prefixStart = positions;
        places.set(key, positions);
        prefixes.push(prefix);
        positions += prefix.length;
      }
      rows.push({ index, limit, prefixStart, prefixLength: prefix.length, slot: -1 });
    }
    if (rows.length > 0) yield { rows, prefixes };
  }

  private async grow(
    lists: Lists,
    waiting: readonly Row[],
    prompts: readonly (readonly number[])[],
    rollouts: readonly Rollout[],
    options: SampleOptions,
    onDone: () => void,
  ): Promise<void> {
    const { gpu, buffers } = this;
    const columns = waiting.reduce((most, { limit }) => Math.max(most, limit), 0);
    const slots = Math.min(MOST_ROWS, waiting.length, Math.floor(buffers.cachePositions / columns));
    const free = Array.from({ length: slots }, (_, i) => slots - 1 - i);
    let next = 0;
    let active: Row[] = [];
    while (active.length > 0 || next < waiting.length) {
      while (free.length > 0 && next < waiting.length)
        active.push({ ...waiting[next++]!, slot: free.pop()! });
      const left = active.map(({ index, limit }) => limit - rollouts[index]!.tokens.length);
      const window = Math.min(WINDOW, Math.max(...left));
      const temperature = options.greedy ? 1 : options.temperature;
      gpu.write(buffers.batch, packBatch({ ...options, temperature, tokens: active.length, columns }));
      gpu.write(buffers.rows, rowWords(active, rollouts));
      const last = (index: number) => rollouts[index]!.tokens.at(-1) ?? prompts[index]!.at(-1)!;
      gpu.write(
        buffers.tokens,
        Uint32Array.from(active, ({ index }) => last(index)),
      );
      const steps = [...lists.start, ...Array.from({ length: window }, () => lists.step).flat()];
      const encoder = gpu.record(steps, { tokens: active.length, prefixTokens: 0 });
      const numbers = active.length * WINDOW * DRAW_FIELDS;
      encoder.copyBufferToBuffer(buffers.draws, 0, buffers.drawsRead, 0, 4 * numbers);
      gpu.submit(encoder);
      const draws = await gpu.read(buffers.drawsRead, numbers);
      active = active.filter((row, r) => {
        const rollout = rollouts[row.index]!;
        take(rollout, draws.subarray(r * WINDOW * DRAW_FIELDS), Math.min(window, left[r]!));
        if (!rollout.finished && rollout.tokens.length < row.limit) return true;
        free.push(row.slot);
        onDone();
        return false;
      });
    }
  }

  /** Fills the cache with the prefixes, one after the other. */
  private async computePrefixes(
    training: Training,
    prefixes: readonly (readonly number[])[],
    weights: WeightsChoice,
  ): Promise<void> {
    const { buffers } = this.reserve(prefixes.reduce((sum, { length }) => sum + length, 0));
    let from = 0;
    let some: (readonly number[])[] = [];
    let tokens = 0;
    const flush = async () => {
      if (tokens > 0) await training.computePrefixes(prefixBatch(some), weights, buffers, from);
      from += tokens;
      some = [];
      tokens = 0;
    };
    for (const prefix of prefixes) {
      if (tokens + prefix.length > training.capacity) await flush();
      some.push(prefix);
      tokens += prefix.length;
    }
    await flush();
  }

  /** Makes the prompts' cache at least as large; doubling, so that it settles. */
  private reserve(positions: number): { buffers: GPUBuffer[] } {
    const { gpu, config, prefixes: old } = this;
    if (old && old.positions >= positions) return old;
    const next = Math.max(positions, 2 * (old?.positions ?? 0));
    if (old) gpu.release(...old.buffers);
    this.lists.clear();
    const buffers = Array.from({ length: config.layers }, (_, layer) =>
      gpu.buffer(`prefix cache ${layer}`, next * 3 * config.width),
    );
    this.prefixes = { positions: next, buffers };
    return this.prefixes;
  }

  private async listsOf(weights: WeightsChoice): Promise<Lists> {
    const { gpu, plan } = this;
    const source = this.parameters.vector(weights);
    let lists = this.lists.get(weights);
    if (!lists) {
      const { buffers } = this.reserve(0);
      const [start, step] = await Promise.all([
        gpu.prepare(plan.start(source)),
        gpu.prepare(plan.step(source, buffers)),
      ]);
      lists = { start, step };
      this.lists.set(weights, lists);
    }
    return lists;
  }
}

/** The rows as `decodeAttention.ts` reads them. */
function rowWords(rows: readonly Row[], rollouts: readonly Rollout[]): Uint32Array {
  const words = new Uint32Array(rows.length * ROW_FIELDS);
  for (const [r, { slot, prefixStart, prefixLength, index, limit }] of rows.entries()) {
    const time = rollouts[index]!.tokens.length;
    words.set([slot, prefixStart, prefixLength, index, limit, time, 0, time], r * ROW_FIELDS);
  }
  return words;
}

/** Appends what was drawn for a row, up to `most` tokens, as far as its end. */
function take(rollout: Rollout, draws: Float32Array, most: number): void {
  const tokens = new Uint32Array(draws.buffer, draws.byteOffset);
  for (let i = 0; i < most && !rollout.finished; i++) {
    const token = tokens[i * DRAW_FIELDS]!;
    const logprob = draws[i * DRAW_FIELDS + 1]!;
    if (!Number.isFinite(logprob))
      throw new DivergedError('The logits are not finite: the reasoner has diverged');
    rollout.tokens.push(token);
    rollout.logprobs.push(logprob);
    rollout.finished = token === SPECIAL.eos;
  }
}
