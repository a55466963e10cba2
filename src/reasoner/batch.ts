/**
 * How sequences become the flat token list that the model computes on.
 *
 * Attempts come as several responses to one prompt, so the prompt is computed once: a *prefix* (the prompt
 * without its last token) shared by the *rows* that answer it. A row's inputs are the prompt's last token and
 * its response without the last token, so its j-th position predicts the response's j-th token. In the flat
 * list all prefixes come first, then all rows. Where a packing *forks*, responses that begin alike are a tree of rows,
 * and what several share is there once.
 */
import type { Row } from './forks.ts';
import { type Group, groupByPrompt, type Packing } from './groups.ts';
import type { ReasonerConfig, TrainingSequence } from './reasoner.ts';

export interface Layout {
  /** Positions in all, padding included. */
  tokens: number;
  /** How many of them, the first ones, belong to prefixes. */
  prefixTokens: number;
  /** `[prefixes]` first position and true length (may be 0) of each prefix. */
  prefixOffset: Int32Array;
  prefixLength: Int32Array;
  /** `[rows]` first position, true length and prefix of each row. */
  rowOffset: Int32Array;
  rowLength: Int32Array;
  rowPrefix: Int32Array;
  /**
   * Positions before it that a row sees: those of its prefix and of the rows that it goes on from. It goes on from
   * the last row before it that ends where it begins.
   */
  rowContext: Int32Array;
  /** Set when every prefix and every row is padded to the same length and every prefix has the same number of rows. */
  rectangle: { prefixes: number; copies: number; prefixLength: number; rowLength: number } | null;
}

/** What {@link Layout} places: token and rotary position of every place in the flat list. */
export interface TokenBatch {
  layout: Layout;
  /** `[tokens]` */
  inputs: Int32Array;
  /** `[tokens]`, counted from the start of the sequence. */
  positions: Int32Array;
}

/** A token batch with the objective of its row positions, all `[tokens - prefixTokens]`. */
export interface MicroBatch extends TokenBatch {
  /** The token to predict; 0 where padded. */
  targets: Int32Array;
  /** For how many response tokens a position stands: one, or all that share it; 0 on padding. */
  counts: Float32Array;
  /** Sums over these. */
  weights: Float32Array;
  klToBase: Float32Array;
  /** Whether any position has a KL coefficient. */
  usesBase: boolean;
  /** `[rows]` index of the (first) sequence of a row in the caller's list, −1 for a padding row. */
  sequenceOf: Int32Array;
}

/** Padded lengths. */
const LENGTHS = [1, 8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512];

/** Throws a RangeError when a sequence is empty, too long, or has a token outside the vocabulary. */
export function checkSequence(
  config: ReasonerConfig,
  prompt: readonly number[],
  response: readonly number[],
): void {
  if (prompt.length === 0) throw new RangeError('A prompt needs at least one token');
  if (prompt.length + response.length > config.contextLength) {
    throw new RangeError(
      `A sequence of ${prompt.length} + ${response.length} tokens does not fit the context of ${config.contextLength}`,
    );
  }
  checkTokens(config, prompt);
  checkTokens(config, response);
}

/** Throws a RangeError unless there are `count` positions, rising, within the context. */
export function checkPositions(config: ReasonerConfig, positions: readonly number[], count: number): void {
  if (positions.length !== count) {
    throw new RangeError(`${positions.length} positions were given for ${count} tokens`);
  }
  const rises = positions.every((at, i) => Number.isInteger(at) && at > (positions[i - 1] ?? -1));
  if (!rises || (positions.at(-1) ?? 0) >= config.contextLength) {
    throw new RangeError(`Positions must be integers that rise and stay below ${config.contextLength}`);
  }
}

/** Throws a RangeError on a token outside the vocabulary. */
export function checkTokens(config: ReasonerConfig, tokens: readonly number[]): void {
  for (const token of tokens) {
    if (!(Number.isInteger(token) && token >= 0 && token < config.vocabularySize)) {
      throw new RangeError(`Token ${token} is outside the vocabulary of ${config.vocabularySize}`);
    }
  }
}

/** Packs sequences into micro-batches; sequences with an empty response are left out. */
export function packSequences(sequences: readonly TrainingSequence[], packing: Packing): MicroBatch[] {
  const groups = groupByPrompt(sequences, packing);
  return packing.style === 'ragged'
    ? packRagged(sequences, groups, packing.tokenBudget)
    : packPadded(sequences, groups, packing.tokenBudget);
}

function packRagged(
  sequences: readonly TrainingSequence[],
  groups: readonly Group[],
  tokenBudget: number,
): MicroBatch[] {
  const batches: MicroBatch[] = [];
  for (const usesBase of [false, true]) {
    let pending: Group[] = [];
    let tokens = 0;
    const flush = () => {
      if (pending.length > 0) batches.push(layRagged(sequences, pending, usesBase));
      pending = [];
      tokens = 0;
    };
    for (const group of groups) {
      if (group.usesBase !== usesBase) continue;
      const size = group.rows.reduce((sum, { start, end }) => sum + end - start, group.prefix.length);
      if (tokens + size > tokenBudget) flush();
      pending.push(group);
      tokens += size;
    }
    flush();
  }
  return batches;
}

function layRagged(
  sequences: readonly TrainingSequence[],
  groups: readonly Group[],
  usesBase: boolean,
): MicroBatch {
  const rows = groups.flatMap((group) => group.rows);
  const layout = emptyLayout(groups.length, rows.length);
  let at = 0;
  for (const [g, group] of groups.entries()) {
    layout.prefixOffset[g] = at;
    layout.prefixLength[g] = group.prefix.length;
    at += group.prefix.length;
  }
  layout.prefixTokens = at;
  let r = 0;
  for (const [g, group] of groups.entries()) {
    for (const { start, end } of group.rows) {
      layout.rowOffset[r] = at;
      layout.rowLength[r] = end - start;
      layout.rowPrefix[r] = g;
      layout.rowContext[r] = group.prefix.length + start;
      at += end - start;
      r++;
    }
  }
  layout.tokens = at;
  return fill(sequences, groups, rows, layout, usesBase);
}

function packPadded(
  sequences: readonly TrainingSequence[],
  groups: readonly Group[],
  tokenBudget: number,
): MicroBatch[] {
  const buckets = new Map<string, { groups: Group[]; prefix: number; row: number; copies: number }>();
  for (const group of groups) {
    // Without a prefix there is nothing to pad.
    const prefix = group.prefix.length === 0 ? 0 : roundUp(group.prefix.length);
    const row = roundUp(Math.max(...group.rows.map(({ end }) => end)));
    const copies = group.rows.length;
    const key = `${prefix} ${row} ${copies} ${group.usesBase}`;
    const bucket = buckets.get(key) ?? { groups: [], prefix, row, copies };
    bucket.groups.push(group);
    buckets.set(key, bucket);
  }
  const batches: MicroBatch[] = [];
  for (const { groups: all, prefix, row, copies } of buckets.values()) {
    const most = Math.max(1, Math.floor(tokenBudget / (prefix + copies * row)));
    for (let at = 0; at < all.length; at += most) {
      const some = all.slice(at, at + most);
      // Powers of two, so that the number of shapes stays small.
      const prefixes = Math.min(most, 2 ** Math.ceil(Math.log2(some.length)));
      batches.push(layPadded(sequences, some, { prefixes, copies, prefixLength: prefix, rowLength: row }));
    }
  }
  return batches;
}

function layPadded(
  sequences: readonly TrainingSequence[],
  groups: readonly Group[],
  rectangle: NonNullable<Layout['rectangle']>,
): MicroBatch {
  const layout = rectangleLayout(rectangle);
  const rows: Row[] = [];
  for (const [g, group] of groups.entries()) {
    layout.prefixLength[g] = group.prefix.length;
    for (const row of group.rows) {
      layout.rowLength[rows.length] = row.end;
      layout.rowContext[rows.length] = group.prefix.length;
      rows.push(row);
    }
  }
  return fill(sequences, groups, rows, layout, (groups[0] as Group).usesBase);
}

/** A padded layout whose true lengths are still to be filled in (0). */
function rectangleLayout(rectangle: NonNullable<Layout['rectangle']>): Layout {
  const { prefixes, copies, prefixLength, rowLength } = rectangle;
  const layout = emptyLayout(prefixes, prefixes * copies);
  layout.rectangle = rectangle;
  layout.prefixTokens = prefixes * prefixLength;
  layout.tokens = layout.prefixTokens + prefixes * copies * rowLength;
  for (let g = 0; g < prefixes; g++) layout.prefixOffset[g] = g * prefixLength;
  for (let r = 0; r < prefixes * copies; r++) {
    layout.rowOffset[r] = layout.prefixTokens + r * rowLength;
    layout.rowPrefix[r] = Math.floor(r / copies);
  }
  return layout;
}

function emptyLayout(prefixes: number, rows: number): Layout {
  return {
    tokens: 0,
    prefixTokens: 0,
    prefixOffset: new Int32Array(prefixes),
    prefixLength: new Int32Array(prefixes),
    rowOffset: new Int32Array(rows),
    rowLength: new Int32Array(rows),
    rowPrefix: new Int32Array(rows),
    rowContext: new Int32Array(rows),
    rectangle: null,
  };
}

function fill(
  sequences: readonly TrainingSequence[],
  groups: readonly Group[],
  rows: readonly Row[],
  layout: Layout,
  usesBase: boolean,
): MicroBatch {
  const objective = layout.tokens - layout.prefixTokens;
  const batch: MicroBatch = {
    layout,
    inputs: new Int32Array(layout.tokens),
    positions: new Int32Array(layout.tokens),
    targets: new Int32Array(objective),
    counts: new Float32Array(objective),
    weights: new Float32Array(objective),
    klToBase: new Float32Array(objective),
    usesBase,
    sequenceOf: new Int32Array(layout.rowOffset.length).fill(-1),
  };
  for (const [g, group] of groups.entries()) {
    const start = layout.prefixOffset[g] as number;
    for (const [i, token] of group.prefix.entries()) {
      batch.inputs[start + i] = token;
      batch.positions[start + i] = group.positions?.[i] ?? i;
    }
  }
  for (const [r, { through, start, end }] of rows.entries()) {
    const [first] = through as [number];
    const { prompt, response, positions } = sequences[first] as TrainingSequence;
    batch.sequenceOf[r] = first;
    for (let j = start; j < end; j++) {
      const place = (layout.rowOffset[r] as number) + j - start;
      batch.inputs[place] = (j === 0 ? prompt.at(-1) : response[j - 1]) as number;
      const position = prompt.length - 1 + j;
      batch.positions[place] = positions?.[position] ?? position;
      const at = place - layout.prefixTokens;
      batch.targets[at] = response[j] as number;
      batch.counts[at] = through.length;
      for (const index of through) {
        const { weight, klToBase } = sequences[index] as TrainingSequence;
        batch.weights[at]! += typeof weight === 'number' ? weight : (weight[j] as number);
        batch.klToBase[at]! += klToBase ?? 0;
      }
    }
  }
  return batch;
}

/** Prefixes end to end, without rows: what a prompt's cache is computed from. */
export function prefixBatch(prefixes: readonly (readonly number[])[]): TokenBatch {
  const tokens = prefixes.reduce((sum, { length }) => sum + length, 0);
  const layout: Layout = {
    tokens,
    prefixTokens: tokens,
    prefixOffset: new Int32Array(prefixes.length),
    prefixLength: Int32Array.from(prefixes, (prefix) => prefix.length),
    rowOffset: new Int32Array(0),
    rowLength: new Int32Array(0),
    rowPrefix: new Int32Array(0),
    rowContext: new Int32Array(0),
    rectangle: null,
  };
  const batch = { layout, inputs: new Int32Array(tokens), positions: new Int32Array(tokens) };
  let at = 0;
  for (const [g, prefix] of prefixes.entries()) {
    layout.prefixOffset[g] = at;
    for (const [i, token] of prefix.entries()) {
      batch.inputs[at + i] = token;
      batch.positions[at + i] = i;
    }
    at += prefix.length;
  }
  return batch;
}

/** The padded length for a true length. */
export function roundUp(length: number): number {
  return LENGTHS.find((candidate) => candidate >= length) ?? 256 * Math.ceil(length / 256);
}
