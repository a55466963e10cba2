import * as tf from '@tensorflow/tfjs-core';
import { type Layout, prefixBatch, type TokenBatch } from '../../batch.ts';
import { headLogits, runBlocks } from '../../forward.ts';
import type { Weights } from '../../parameters.ts';
import type { ReasonerConfig } from '../../reasoner.ts';
import { rotaryTables } from '../../rotary.ts';
import type { Decoder, Kernels } from '../kernels.ts';
import type { Heap } from './heap.ts';
import { prepareRagged, type WasmPrepared } from './prepared.ts';

/** Prefix tokens that are computed at once. */
const PREFIX_CHUNK = 2048;

interface Cache {
  /** Of all prefixes, after rotary: `[prefix tokens, 3·width]`. */
  rotated: tf.Tensor;
  /** Of each prefix, transposed: `[heads, headDim, padded length]`. */
  prefixKeys: tf.Tensor;
  /** `[slots, heads, headDim, capacity]` */
  keys: tf.Tensor;
  /** `[slots, capacity, width]` */
  values: tf.Tensor;
}

/** KV-cached decoding on the wasm backend: prompts are cached once for all rows that share them. */
export class WasmDecoder implements Decoder {
  private readonly caches: Cache[];
  private readonly capacity: number;
  /** Offsets, lengths and places of the prefixes' transposed keys. */
  private readonly prefixTable: tf.Tensor1D;
  private readonly prefixLengths: number[];
  private slots: Int32Array;
  private rowPrefix: Int32Array;
  private time = 0;

  constructor(
    private readonly heap: Heap,
    private readonly kernels: Kernels,
    private readonly weights: Weights,
    private readonly config: ReasonerConfig,
    prefixes: readonly (readonly number[])[],
    rowPrefix: Int32Array,
    maxSteps: number,
  ) {
    const { width, layers } = config;
    this.capacity = (maxSteps + 3) & ~3;
    this.rowPrefix = rowPrefix;
    this.slots = Int32Array.from(rowPrefix.keys());
    this.prefixLengths = prefixes.map((prefix) => prefix.length);
    const table = new Int32Array(3 * prefixes.length);
    let tokens = 0;
    let places = 0;
    for (const [g, length] of this.prefixLengths.entries()) {
      table[g] = tokens;
      table[prefixes.length + g] = length;
      table[2 * prefixes.length + g] = places;
      tokens += length;
      places += width * ((length + 3) & ~3);
    }
    this.prefixTable = tf.tensor1d(table, 'int32');
    const rows = rowPrefix.length;
    this.caches = Array.from({ length: layers }, () => ({
      rotated: heap.empty([tokens, 3 * width]),
      prefixKeys: heap.empty([places]),
      keys: heap.empty([rows, width, this.capacity]),
      values: heap.empty([rows, this.capacity, width]),
    }));
    this.computePrefixes(prefixes);
  }

  async step(tokens: Int32Array): Promise<Float32Array> {
    const { heap, config } = this;
    const { heads, width } = config;
    const dim = width / heads;
    const rows = tokens.length;
    const time = this.time++;
    const logits = tf.tidy(() => {
      const positions = this.rowPrefix.map((g) => (this.prefixLengths[g] as number) + time);
      const tables = rotaryTables(positions, dim, config.ropeTheta);
      const [cos, sin] = [heap.at(tf.tensor1d(tables.cos)), heap.at(tf.tensor1d(tables.sin))];
      const slots = heap.at(tf.tensor1d(this.slots, 'int32'));
      const rowPrefix = heap.at(tf.tensor1d(this.rowPrefix, 'int32'));
      const scratch = heap.at(heap.empty([Math.max(...this.prefixLengths) + this.capacity + 8]));
      const x = heap.empty<tf.Tensor2D>([rows, width]);
      const input = tf.tensor1d(tokens, 'int32');
      heap.run.embed(heap.at(input), heap.at(this.weights.embedding), heap.at(x), rows, width);
      const residual = runBlocks(this.weights, config, this.kernels, x, (qkv, layer) => {
        const cache = this.caches[layer] as Cache;
        const out = heap.empty<tf.Tensor2D>([rows, width]);
        heap.run.decodeAttention(
          heap.at(qkv),
          heap.at(out),
          cos,
          sin,
          slots,
          rowPrefix,
          rows,
          heap.at(cache.keys),
          heap.at(cache.values),
          this.capacity,
          time,
          heap.at(cache.rotated),
          heap.at(cache.prefixKeys),
          heap.at(this.prefixTable),
          this.prefixLengths.length,
          heads,
          dim,
          scratch,
        );
        return out;
      });
      return headLogits(this.weights, config, this.kernels, residual);
    });
    const numbers = heap.numbers(logits).slice();
    logits.dispose();
    return numbers;
  }

  keep(rows: Int32Array): void {
    this.slots = rows.map((row) => this.slots[row] as number);
    this.rowPrefix = rows.map((row) => this.rowPrefix[row] as number);
  }

  dispose(): void {
    for (const cache of this.caches) tf.dispose([cache.rotated, cache.prefixKeys, cache.keys, cache.values]);
    this.prefixTable.dispose();
  }

  private computePrefixes(prefixes: readonly (readonly number[])[]): void {
    let first = 0;
    let from = 0;
    while (first < prefixes.length) {
      let end = first;
      let tokens = 0;
      while (
        end < prefixes.length &&
        (end === first || tokens + (this.prefixLengths[end] as number) <= PREFIX_CHUNK)
      ) {
        tokens += this.prefixLengths[end++] as number;
      }
      if (tokens > 0) this.computeChunk(prefixBatch(prefixes.slice(first, end)), from);
      first = end;
      from += tokens;
    }
    const { heads, width } = this.config;
    for (const { rotated, prefixKeys } of this.caches) {
      const [a, b, c] = [rotated, prefixKeys, this.prefixTable].map((t) => this.heap.at(t)) as [
        number,
        number,
        number,
      ];
      this.heap.run.cachePrefixes(a, b, c, prefixes.length, heads, width / heads);
    }
  }

  /** Prefixes whose tokens lie at `from` in the cache. */
  private computeChunk(batch: TokenBatch, from: number): void {
    const { heap, config } = this;
    const { heads, width, layers } = config;
    const dim = width / heads;
    const prepared = prepareRagged(batch, config);
    tf.tidy(() => {
      const { tokens } = batch.layout;
      const [cos, sin, table] = [prepared.cos, prepared.sin, prepared.table].map((t) => heap.at(t)) as [
        number,
        number,
        number,
      ];
      const weights = heap.at(heap.empty([prepared.weightCount]));
      const scratch = heap.at(heap.empty([2 * dim * (prepared.longest + 4)]));
      const x = this.kernels.embed(prepared as WasmPrepared, this.weights.embedding);
      runBlocks(this.weights, config, this.kernels, x, (qkv, layer) => {
        const rotated = heap.at((this.caches[layer] as Cache).rotated) + from * 3 * width * 4;
        heap.run.rotary(heap.at(qkv), cos, sin, rotated, tokens, heads, dim);
        const out = heap.zeros<tf.Tensor2D>([tokens, width]);
        // Nothing reads the last block's output; its keys and values are all there is to keep.
        if (layer < layers - 1) {
          const groups = this.groupsOf(batch.layout);
          heap.run.attention(rotated, heap.at(out), weights, table, groups, 0, heads, dim, 0, scratch);
        }
        return out;
      });
    });
    prepared.dispose();
  }

  private groupsOf(layout: Layout): number {
    return layout.prefixOffset.length;
  }
}
