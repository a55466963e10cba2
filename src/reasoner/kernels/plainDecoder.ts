import * as tf from '@tensorflow/tfjs-core';
import { roundUp } from '../batch.ts';
import { headLogits, runBlocks } from '../forward.ts';
import type { ReasonerConfig } from '../reasoner.ts';
import { rotaryTables } from '../rotary.ts';
import type { Weights } from '../weights.ts';
import type { Decoder, Kernels } from './kernels.ts';
import { attend, byHead, flat, MASKED, rotate, twice } from './tensorShapes.ts';

/** The cache of new tokens grows by this many columns, so that few buffer sizes occur. */
const CACHE_BLOCK = 32;

interface Cache {
  /** `[rows, heads, time, headDim]`, rotated. */
  keys: tf.Tensor4D;
  values: tf.Tensor4D;
}

/** KV-cached decoding in plain tfjs: all rows write the same column, so a cache is one rectangle. */
export class PlainDecoder implements Decoder {
  private readonly headDim: number;
  /** Keys and values of the prompts, one per row and layer. */
  private prefixCache: Cache[] = [];
  private newCache: Cache[] = [];
  private capacity = 0;
  private length = 0;
  private readonly prefixColumns: number;
  /** True prefix length of each row. */
  private prefixLengths: Int32Array;
  /** `[rows, 1, 1, prefixColumns]` */
  private prefixMask: tf.Tensor4D;

  constructor(
    private readonly kernels: Kernels,
    private readonly weights: Weights,
    private readonly config: ReasonerConfig,
    prefixes: readonly (readonly number[])[],
    rowPrefix: Int32Array,
  ) {
    this.headDim = config.width / config.heads;
    this.prefixColumns = roundUp(Math.max(...prefixes.map((prefix) => prefix.length)));
    this.prefixLengths = Int32Array.from(rowPrefix, (p) => (prefixes[p] as readonly number[]).length);
    this.prefixCache = this.computePrefixes(prefixes, rowPrefix);
    this.prefixMask = this.maskPrefixes();
  }

  async step(tokens: Int32Array): Promise<Float32Array> {
    if (this.length === this.capacity) this.grow();
    const rows = tokens.length;
    const { heads, width } = this.config;
    const time = this.length++;
    const logits = tf.tidy(() => {
      const positions = this.prefixLengths.map((length) => length + time);
      const rotary = this.rotary(positions);
      const column = tf.tensor1d([time], 'int32');
      const write = tf.cast(
        tf.reshape(tf.oneHot(column, this.capacity), [1, 1, this.capacity, 1]),
        'float32',
      );
      const keepOld = tf.sub(1, write);
      const columns = Array.from({ length: this.capacity }, (_, i) => (i <= time ? 0 : MASKED));
      const newMask = tf.tile(tf.tensor4d(columns, [1, 1, 1, this.capacity]), [rows, 1, 1, 1]);
      const mask = tf.concat([this.prefixMask, newMask], 3);
      const x = runBlocks(this.weights, this.config, this.kernels, this.embed(tokens), (qkv, layer) => {
        const { q, k, v } = this.heads(qkv, rotary, rows, 1);
        const old = this.newCache[layer] as Cache;
        const cache: Cache = {
          keys: tf.keep(tf.add(tf.mul(old.keys, keepOld), tf.mul(k, write)) as tf.Tensor4D),
          values: tf.keep(tf.add(tf.mul(old.values, keepOld), tf.mul(v, write)) as tf.Tensor4D),
        };
        tf.dispose([old.keys, old.values]);
        this.newCache[layer] = cache;
        const prefix = this.prefixCache[layer] as Cache;
        const keys = tf.concat([prefix.keys, cache.keys], 2);
        const values = tf.concat([prefix.values, cache.values], 2);
        return flat(attend(q, keys, values, mask), rows, heads * (width / heads));
      });
      return headLogits(this.weights, this.config, this.kernels, x);
    });
    try {
      return (await logits.data()) as Float32Array;
    } finally {
      logits.dispose();
    }
  }

  keep(rows: Int32Array): void {
    this.prefixLengths = Int32Array.from(rows, (row) => this.prefixLengths[row] as number);
    const indices = tf.tensor1d(rows, 'int32');
    for (const caches of [this.prefixCache, this.newCache]) {
      for (const [layer, { keys, values }] of caches.entries()) {
        caches[layer] = { keys: tf.gather(keys, indices), values: tf.gather(values, indices) };
        tf.dispose([keys, values]);
      }
    }
    tf.dispose([indices, this.prefixMask]);
    this.prefixMask = this.maskPrefixes();
  }

  dispose(): void {
    for (const { keys, values } of [...this.prefixCache, ...this.newCache]) tf.dispose([keys, values]);
    this.prefixMask.dispose();
  }

  private computePrefixes(prefixes: readonly (readonly number[])[], rowPrefix: Int32Array): Cache[] {
    const G = prefixes.length;
    const P = this.prefixColumns;
    const inputs = new Int32Array(G * P);
    for (const [g, prefix] of prefixes.entries()) inputs.set(prefix, g * P);
    const caches: Cache[] = [];
    tf.tidy(() => {
      const rotary = this.rotary(Int32Array.from({ length: G * P }, (_, i) => i % P));
      const causal = new Float32Array(P * P);
      for (let i = 0; i < P; i++) causal.fill(MASKED, i * P + i + 1, (i + 1) * P);
      const mask = tf.tensor2d(causal, [P, P]);
      const rows = tf.tensor1d(rowPrefix, 'int32');
      runBlocks(this.weights, this.config, this.kernels, this.embed(inputs), (qkv, layer) => {
        const { q, k, v } = this.heads(qkv, rotary, G, P);
        caches[layer] = { keys: tf.keep(tf.gather(k, rows)), values: tf.keep(tf.gather(v, rows)) };
        return flat(attend(q, k, v, mask), G * P, this.config.width);
      });
    });
    return caches;
  }

  private embed(tokens: Int32Array): tf.Tensor2D {
    return tf.gather(this.weights.embedding, tf.tensor1d(tokens, 'int32'));
  }

  private rotary(positions: Int32Array): { cos: tf.Tensor3D; sin: tf.Tensor3D } {
    const { cos, sin } = rotaryTables(positions, this.headDim, this.config.ropeTheta);
    return { cos: twice(cos, this.headDim), sin: twice(sin, this.headDim) };
  }

  private heads(
    qkv: tf.Tensor2D,
    { cos, sin }: { cos: tf.Tensor3D; sin: tf.Tensor3D },
    rows: number,
    time: number,
  ): { q: tf.Tensor4D; k: tf.Tensor4D; v: tf.Tensor4D } {
    const { heads } = this.config;
    const [q, k, v] = tf
      .split(qkv, 3, 1)
      .map((x) => tf.reshape(x, [rows * time, heads, this.headDim]) as tf.Tensor3D) as [
      tf.Tensor3D,
      tf.Tensor3D,
      tf.Tensor3D,
    ];
    const shaped = (x: tf.Tensor3D) => byHead(x, rows, time, heads, this.headDim);
    return { q: shaped(rotate(q, cos, sin)), k: shaped(rotate(k, cos, sin)), v: shaped(v) };
  }

  private maskPrefixes(): tf.Tensor4D {
    const rows = this.prefixLengths.length;
    const mask = new Float32Array(rows * this.prefixColumns);
    for (const [r, length] of this.prefixLengths.entries()) {
      mask.fill(MASKED, r * this.prefixColumns + length, (r + 1) * this.prefixColumns);
    }
    return tf.tensor4d(mask, [rows, 1, 1, this.prefixColumns]);
  }

  private grow(): void {
    const rows = this.prefixLengths.length;
    this.capacity += CACHE_BLOCK;
    const shape: [number, number, number, number] = [rows, this.config.heads, CACHE_BLOCK, this.headDim];
    for (let layer = 0; layer < this.config.layers; layer++) {
      const old = this.newCache[layer];
      const add = (tensor: tf.Tensor4D | undefined) =>
        tf.tidy(() => (tensor ? tf.concat([tensor, tf.zeros(shape)], 2) : tf.zeros(shape))) as tf.Tensor4D;
      this.newCache[layer] = { keys: add(old?.keys), values: add(old?.values) };
      if (old) tf.dispose([old.keys, old.values]);
    }
  }
}
