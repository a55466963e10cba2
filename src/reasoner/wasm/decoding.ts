/** KV-cached sampling of some rows on one thread. Prompts are computed once for all rows that share them. */
import { SPECIAL } from '../../language/vocabulary.ts';
import { prefixBatch } from '../batch.ts';
import { unit } from '../draw.ts';
import { DivergedError, type Rollout, type SampleOptions } from '../reasoner.ts';
import { rotaryTables } from '../rotary.ts';
import type { Heap } from './heap.ts';
import type { Model } from './model.ts';
import { prepare } from './prepared.ts';

/** Prefix tokens that are computed at once. */
const PREFIX_CHUNK = 1024;

/** A sequence that is to be sampled. */
export interface SampleRow {
  /** Its place in the caller's list: what its draws depend on, beside seed and position. */
  index: number;
  prompt: readonly number[];
  /** Most tokens of the response; at least one. */
  limit: number;
}

/** How tokens are drawn; see `SampleOptions`. */
export type DrawOptions = Pick<SampleOptions, 'temperature' | 'greedy' | 'seed'>;

/** Addresses of a block's keys and values. */
interface Cache {
  /** Of all prefixes, after rotary: `[prefix tokens, 3·width]`. */
  rotated: number;
  /** Of each prefix, transposed: `[heads, headDim, padded length]`. */
  prefixKeys: number;
  /** `[slots, heads, capacity, headDim]` */
  keys: number;
  values: number;
}

interface Prefixes {
  /** The prompts without their last token, each once. */
  lists: (readonly number[])[];
  /** The prefix of each row. */
  of: Int32Array;
  /** Tokens of all. */
  tokens: number;
  longest: number;
  /** Numbers that their transposed keys take in a block. */
  places: number;
  /** First token, length and place of transposed keys of each, as `decode.as` reads them. */
  table: Int32Array;
}

/** One response a row, in their order. Throws a DivergedError when logits are not finite. */
export function sampleRows(
  heap: Heap,
  model: Model,
  rows: readonly SampleRow[],
  options: DrawOptions,
  onDone: () => void,
): Rollout[] {
  return heap.scoped(() => {
    const decoder = new Decoder(heap, model, rows);
    return grow(decoder, rows, options, onDone);
  });
}

/** Rows that have written the same so far: they are computed once, and each draws for itself. */
interface Branch {
  /** Places in the list of rows, in order. */
  rows: number[];
  /** Where its keys and values are. */
  slot: number;
  /** The last token, which is to be read next. */
  input: number;
}

function grow(
  decoder: Decoder,
  rows: readonly SampleRow[],
  options: DrawOptions,
  onDone: () => void,
): Rollout[] {
  const rollouts = rows.map((): Rollout => ({ tokens: [], logprobs: [], finished: false }));
  let branches = decoder.beginnings();
  for (let time = 0; branches.length > 0; time++) {
    const drawing = branches.flatMap((branch) => branch.rows);
    const units = Float64Array.from(drawing, (r) => unit(options.seed, rows[r]!.index, time));
    const { tokens, logprobs } = decoder.step(branches, time, units, options);
    for (const [i, r] of drawing.entries()) {
      const token = tokens[i]!;
      if (token < 0) throw new DivergedError('The logits are not finite: the reasoner has diverged');
      const rollout = rollouts[r]!;
      rollout.tokens.push(token);
      rollout.logprobs.push(logprobs[i]!);
      rollout.finished = token === SPECIAL.eos;
    }
    const grows = (r: number) => !rollouts[r]!.finished && rollouts[r]!.tokens.length < rows[r]!.limit;
    branches = branches.flatMap((branch) => {
      const byToken = new Map<number, number[]>();
      for (const r of branch.rows) {
        const token = rollouts[r]!.tokens.at(-1)!;
        if (!grows(r)) onDone();
        else if (!byToken.get(token)?.push(r)) byToken.set(token, [r]);
      }
      // The first goes on where it is; whoever parts from it takes a copy to the slot of its own first row.
      return Array.from(byToken, ([input, rows], i): Branch => {
        if (i > 0) decoder.copy(branch.slot, rows[0]!, time + 1);
        return { rows, slot: i > 0 ? rows[0]! : branch.slot, input };
      });
    });
  }
  return rollouts;
}

class Decoder {
  private readonly prefixes: Prefixes;
  private readonly capacity: number;
  private readonly caches: Cache[];
  private readonly table: number;

  constructor(
    private readonly heap: Heap,
    private readonly model: Model,
    private readonly rows: readonly SampleRow[],
  ) {
    const { width, layers } = model.config;
    this.prefixes = prefixesOf(rows, width);
    const { tokens, places, table } = this.prefixes;
    const longest = rows.reduce((most, { limit }) => Math.max(most, limit), 0);
    this.capacity = (longest + 3) & ~3;
    this.caches = Array.from({ length: layers }, () => ({
      rotated: heap.room(tokens * 3 * width),
      prefixKeys: heap.room(places),
      keys: heap.room(rows.length * width * this.capacity),
      values: heap.room(rows.length * this.capacity * width),
    }));
    this.table = heap.put(table);
    this.computePrefixes();
  }

  /** A branch for each prompt. */
  beginnings(): Branch[] {
    const branches = new Map<string, Branch>();
    for (const [r, { prompt }] of this.rows.entries()) {
      const input = prompt.at(-1)!;
      const key = `${this.prefixes.of[r]} ${input}`;
      const branch = branches.get(key);
      if (branch) branch.rows.push(r);
      else branches.set(key, { rows: [r], slot: r, input });
    }
    return [...branches.values()];
  }

  /** Copies the first `count` keys and values of a slot to another one. */
  copy(from: number, to: number, count: number): void {
    const { heads, width } = this.model.config;
    const dim = width / heads;
    const headSize = this.capacity * dim;
    for (const { keys, values } of this.caches) {
      for (const cache of [keys, values]) {
        for (let h = 0; h < heads; h++) {
          const place = (slot: number) => cache + 4 * (slot * heads + h) * headSize;
          this.heap.copy(place(from), place(to), count * dim);
        }
      }
    }
  }

  /**
   * Appends its input to each branch and draws the next token of each of its rows, one after another as the branches have
   * them.
   */
  step(
    branches: readonly Branch[],
    time: number,
    units: Float64Array,
    { temperature, greedy }: DrawOptions,
  ): { tokens: Int32Array; logprobs: Float64Array } {
    const { heap, model, prefixes } = this;
    const { run } = heap;
    const { width, heads, feedForward, vocabularySize, ropeTheta, rmsNormEpsilon: epsilon } = model.config;
    const slots = Int32Array.from(branches, ({ slot }) => slot);
    const input = Int32Array.from(branches, (branch) => branch.input);
    const rows = branches.length;
    const draws = units.length;
    const dim = width / heads;
    return heap.scoped(() => {
      const ofRows = slots.map((slot) => prefixes.of[slot]!);
      const positions = ofRows.map((g) => prefixes.lists[g]!.length + time);
      const tables = rotaryTables(positions, dim, ropeTheta);
      const [cos, sin] = [heap.put(tables.cos), heap.put(tables.sin)];
      const [slotsAt, prefixAt, inputAt] = [heap.put(slots), heap.put(ofRows), heap.put(input)];
      const scratch = heap.room(4 * (prefixes.longest + this.capacity + 4));
      const x = heap.room(rows * width);
      const next = heap.room(rows * width);
      const [normed, attended] = [heap.room(rows * width), heap.room(rows * width)];
      const scales = heap.room(rows);
      const [qkv, gateUp] = [heap.room(rows * 3 * width), heap.room(rows * 2 * feedForward)];
      const inner = heap.room(rows * feedForward);
      run.embed(inputAt, model.address(0), x, rows, width);
      for (const [layer, block] of model.blocks.entries()) {
        const cache = this.caches[layer]!;
        run.rmsNorm(x, model.address(block.inputNorm), normed, scales, rows, width, epsilon);
        run.product(normed, block.qkv.panels, 0, qkv, rows, 3 * width, width);
        run.decodeAttention(
          qkv,
          attended,
          cos,
          sin,
          slotsAt,
          prefixAt,
          rows,
          cache.keys,
          cache.values,
          this.capacity,
          time,
          cache.rotated,
          cache.prefixKeys,
          this.table,
          prefixes.lists.length,
          heads,
          dim,
          scratch,
        );
        run.product(attended, block.attentionOut.panels, x, next, rows, width, width);
        run.rmsNorm(next, model.address(block.postNorm), normed, scales, rows, width, epsilon);
        run.product(normed, block.gateUp.panels, 0, gateUp, rows, 2 * feedForward, width);
        run.swiglu(gateUp, inner, rows, feedForward);
        run.product(inner, block.down.panels, next, x, rows, width, feedForward);
      }
      run.rmsNorm(x, model.address(model.norm), normed, scales, rows, width, epsilon);
      const logits = heap.room(rows * vocabularySize);
      run.product(normed, model.head.panels, 0, logits, rows, vocabularySize, width);
      const each = draws === rows ? logits : this.logitsOfRows(logits, branches, draws);
      const [unitsAt, tokens, logprobs] = [heap.room(2 * draws), heap.room(draws), heap.room(2 * draws)];
      heap.doubles(unitsAt, draws).set(units);
      const scale = greedy ? 1 : 1 / temperature;
      run.drawTokens(each, draws, vocabularySize, scale, greedy ? 1 : 0, unitsAt, tokens, logprobs);
      return {
        tokens: heap.integers(tokens, draws).slice(),
        logprobs: heap.doubles(logprobs, draws).slice(),
      };
    });
  }

  /** The logits of each row's branch, since a draw leaves nothing of them. */
  private logitsOfRows(logits: number, branches: readonly Branch[], draws: number): number {
    const { vocabularySize } = this.model.config;
    const each = this.heap.room(draws * vocabularySize);
    let to = each;
    for (const [b, { rows }] of branches.entries()) {
      for (const _ of rows) {
        this.heap.copy(logits + 4 * b * vocabularySize, to, vocabularySize);
        to += 4 * vocabularySize;
      }
    }
    return each;
  }

  private computePrefixes(): void {
    const { heap, prefixes, model } = this;
    const { heads, width } = model.config;
    let some: (readonly number[])[] = [];
    let tokens = 0;
    let from = 0;
    const flush = () => {
      if (tokens > 0) heap.scoped(() => this.computeChunk(some, from));
      from += tokens;
      [some, tokens] = [[], 0];
    };
    for (const prefix of prefixes.lists) {
      if (tokens + prefix.length > PREFIX_CHUNK) flush();
      some.push(prefix);
      tokens += prefix.length;
    }
    flush();
    for (const { rotated, prefixKeys } of this.caches) {
      heap.run.cachePrefixes(rotated, prefixKeys, this.table, prefixes.lists.length, heads, width / heads);
    }
  }

  /** Every block's turned queries, keys and values of some prefixes, to the cache from position `from` on. */
  private computeChunk(some: readonly (readonly number[])[], from: number): void {
    const { heap, model } = this;
    const { run } = heap;
    const { heads, width, layers, feedForward, rmsNormEpsilon: epsilon } = model.config;
    const dim = width / heads;
    const batch = prepare(heap, prefixBatch(some), model.config);
    const n = batch.layout.tokens;
    const weights = heap.room(batch.weightCount);
    const scratch = heap.room(3 * dim * (batch.longest + 4));
    const x = heap.room(n * width);
    const next = heap.room(n * width);
    const [normed, attended, scales] = [heap.room(n * width), heap.room(n * width), heap.room(n)];
    const [gateUp, inner] = [heap.room(n * 2 * feedForward), heap.room(n * feedForward)];
    run.embed(batch.tokens, model.address(0), x, n, width);
    for (const [layer, block] of model.blocks.entries()) {
      const qkv = this.caches[layer]!.rotated + 4 * from * 3 * width;
      run.rmsNorm(x, model.address(block.inputNorm), normed, scales, n, width, epsilon);
      run.product(normed, block.qkv.panels, 0, qkv, n, 3 * width, width);
      run.rotary(qkv, batch.cos, batch.sin, qkv, n, heads, dim);
      // Nothing reads the last block's output; its keys and values are all there is to keep.
      if (layer === layers - 1) return;
      run.attention(qkv, attended, weights, batch.table, some.length, 0, heads, dim, 0, scratch);
      run.product(attended, block.attentionOut.panels, x, next, n, width, width);
      run.rmsNorm(next, model.address(block.postNorm), normed, scales, n, width, epsilon);
      run.product(normed, block.gateUp.panels, 0, gateUp, n, 2 * feedForward, width);
      run.swiglu(gateUp, inner, n, feedForward);
      run.product(inner, block.down.panels, next, x, n, width, feedForward);
    }
  }
}

function prefixesOf(rows: readonly SampleRow[], width: number): Prefixes {
  const lists: (readonly number[])[] = [];
  const known = new Map<string, number>();
  const of = Int32Array.from(rows, ({ prompt }) => {
    const prefix = prompt.slice(0, -1);
    const key = prefix.join(' ');
    const at = known.get(key) ?? lists.push(prefix) - 1;
    known.set(key, at);
    return at;
  });
  const table = new Int32Array(3 * lists.length);
  let tokens = 0;
  let places = 0;
  let longest = 0;
  for (const [g, { length }] of lists.entries()) {
    table[g] = tokens;
    table[lists.length + g] = length;
    table[2 * lists.length + g] = places;
    tokens += length;
    places += width * ((length + 3) & ~3);
    longest = Math.max(longest, length);
  }
  return { lists, of, tokens, longest, places, table };
}
