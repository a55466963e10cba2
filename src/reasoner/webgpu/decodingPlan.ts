/** What sampling keeps on the GPU, and the dispatches that append one token to every row. */

import { SPECIAL } from '../../language/vocabulary.ts';
import { decodeAttention, ROW_FIELDS } from '../kernels/webgpu/decodeAttention.ts';
import {
  DECODE_GROUP_COLUMNS,
  DECODE_GROUP_ROWS,
  type DecodeProductShape,
  decodeProduct,
} from '../kernels/webgpu/decodeProduct.ts';
import { embed } from '../kernels/webgpu/embed.ts';
import { DRAW_FIELDS, sampleToken } from '../kernels/webgpu/sample.ts';
import { BATCH_FIELDS, LIST_GROUP, quads, rowGroups } from '../kernels/webgpu/wgsl.ts';
import type { ReasonerConfig } from '../reasoner.ts';
import { type Gpu, groupsFor, type Planned, type Resource } from './gpu.ts';
import type { ParameterBuffers } from './parameterBuffers.ts';

/** Tokens of a row between two read-backs. */
export const WINDOW = 16;
/** Bytes that the keys and values of new tokens may take, all blocks together. */
const CACHE_BYTES = 72e6;
/** Rows that grow at once, where the cache has room for so many. */
export const MOST_ROWS = 512;

export type DecodingBuffers = ReturnType<typeof allocateDecoding>;

/** `[MOST_ROWS, …]` each unless said. */
export function allocateDecoding(gpu: Gpu, config: ReasonerConfig) {
  const { layers, width, feedForward, vocabularySize, contextLength } = config;
  const rows = (label: string, numbers: number) => gpu.buffer(`decode ${label}`, MOST_ROWS * numbers);
  const most = MOST_ROWS * contextLength * 2 * width;
  const cacheNumbers = Math.max(
    contextLength * 2 * width,
    Math.min(most, Math.floor(CACHE_BYTES / 4 / layers)),
  );
  return {
    batch: gpu.buffer('decode batch', BATCH_FIELDS, 'uniform'),
    rows: rows('rows', ROW_FIELDS),
    tokens: rows('tokens', 1),
    x: rows('x', width),
    middle: rows('middle', width),
    qkv: rows('qkv', 3 * width),
    attended: rows('attended', width),
    activation: rows('activation', feedForward),
    logits: rows('logits', vocabularySize),
    draws: rows('draws', WINDOW * DRAW_FIELDS),
    drawsRead: gpu.buffer('draws, read', MOST_ROWS * WINDOW * DRAW_FIELDS, 'read'),
    /** `[slots, columns, 2·width]` for each block; a call decides how many slots of how many columns. */
    caches: Array.from({ length: layers }, (_, layer) => gpu.buffer(`decode cache ${layer}`, cacheNumbers)),
    /** Positions, of `2·width` numbers, that a cache has. */
    cachePositions: Math.floor(cacheNumbers / (2 * width)),
  };
}

export class DecodingPlan {
  constructor(
    private readonly gpu: Gpu,
    private readonly config: ReasonerConfig,
    private readonly parameters: ParameterBuffers,
    private readonly buffers: DecodingBuffers,
    private readonly angles: GPUBuffer,
  ) {}

  /** The first input of every row, under the parameters in `source`. */
  start(source: GPUBuffer): Planned[] {
    const { batch, tokens, x } = this.buffers;
    const { width } = this.config;
    return [
      {
        program: embed(width),
        resources: [batch, tokens, this.parameters.of('embedding', source), x],
        grid: (sizes) => groupsFor(sizes.tokens * quads(width), LIST_GROUP),
      },
    ];
  }

  /**
   * One token for every row under the parameters in `source`; `prefixes` holds the prompts' keys and values under
   * the same, for each block.
   */
  step(source: GPUBuffer, prefixes: readonly GPUBuffer[]): Planned[] {
    const { buffers, config, gpu } = this;
    const { width, vocabularySize: vocabulary, rmsNormEpsilon: epsilon, layers, tiedHead } = config;
    const weight = (name: string) => this.parameters.of(name, source);
    return [
      ...Array.from({ length: layers }, (_, layer) => this.block(source, layer, prefixes[layer]!)).flat(),
      this.product(
        { k: width, n: vocabulary, epsilon, transposed: tiedHead },
        buffers.x,
        weight(tiedHead ? 'embedding' : 'head'),
        buffers.logits,
        weight('norm'),
      ),
      {
        program: sampleToken(vocabulary, width, WINDOW, SPECIAL.eos, gpu.profile),
        resources: [
          buffers.batch,
          buffers.rows,
          buffers.logits,
          weight('embedding'),
          buffers.x,
          buffers.draws,
        ],
        grid: (sizes) => [rowGroups(gpu.profile, sizes.tokens)],
        work: (sizes) => 40 * sizes.tokens * vocabulary,
      },
    ];
  }

  private block(source: GPUBuffer, layer: number, prefix: GPUBuffer): Planned[] {
    const { width, heads, feedForward, rmsNormEpsilon: epsilon } = this.config;
    const { batch, rows, x, middle, qkv, attended, activation, caches } = this.buffers;
    const weight = (name: string) => this.parameters.of(`blocks.${layer}.${name}`, source);
    return [
      this.product({ k: width, n: 3 * width, epsilon }, x, weight('qkv'), qkv, weight('inputNorm')),
      {
        program: decodeAttention({ width, heads }),
        resources: [batch, rows, this.angles, qkv, prefix, caches[layer]!, attended],
        grid: (sizes) => [Math.ceil(sizes.tokens / LIST_GROUP), heads],
        work: (sizes) => 400 * sizes.tokens * width,
      },
      this.product({ k: width, n: width, residual: true }, attended, weight('attentionOut'), middle, x),
      this.product(
        { k: width, n: feedForward, epsilon, swiglu: true },
        middle,
        weight('gateUp'),
        activation,
        weight('postNorm'),
      ),
      this.product({ k: feedForward, n: width, residual: true }, activation, weight('down'), x, middle),
    ];
  }

  private product(
    shape: DecodeProductShape,
    x: Resource,
    w: Resource,
    y: Resource,
    extra: Resource,
  ): Planned {
    const columns = Math.ceil(shape.n / DECODE_GROUP_COLUMNS);
    return {
      program: decodeProduct(shape),
      resources: [this.buffers.batch, x, w, y, extra],
      grid: (sizes) => [columns, Math.ceil(sizes.tokens / DECODE_GROUP_ROWS)],
      work: (sizes) => (shape.swiglu ? 4 : 2) * sizes.tokens * shape.n * shape.k,
    };
  }
}
