/** How a call is cut into pieces for threads. */
import type { MicroBatch } from '../batch.ts';
import type { ReasonerConfig } from '../reasoner.ts';
import type { SampleRow } from './decoding.ts';

/**
 * Shards of an update, whatever the number of threads: the order in which gradients are added is theirs. Twice as many
 * as the most threads there may be, so that none waits long for the last one.
 */
const GRADIENT_SHARDS = 16;
/** Rows that decode together: fewer do not fill the kernels, more gain nothing. */
const FEWEST_ROWS = 16;
const MOST_ROWS = 64;
/** Shards for each thread, where there are rows enough: with two, a thread that was held up kept the other waiting. */
const SHARDS_PER_THREAD = 8;
/** Bytes that the keys and values of a shard's new tokens may take. */
const CACHE_BYTES = 96e6;

/** Micro-batches in their order, in at most {@link GRADIENT_SHARDS} shards of nearly equal numbers of positions. */
export function gradientShards(batches: readonly MicroBatch[]): MicroBatch[][] {
  const total = batches.reduce((sum, { layout }) => sum + layout.tokens, 0);
  const shards: MicroBatch[][] = [];
  let before = 0;
  let latest = -1;
  for (const batch of batches) {
    const middle = before + batch.layout.tokens / 2;
    const place = Math.min(GRADIENT_SHARDS - 1, Math.floor((GRADIENT_SHARDS * middle) / Math.max(1, total)));
    before += batch.layout.tokens;
    if (place === latest) shards.at(-1)!.push(batch);
    else shards.push([batch]);
    latest = place;
  }
  return shards;
}

/**
 * Rows in shards for `threads` threads: rows of equal length stand together, as do those with the same prompt. A row's
 * response does not depend on the shard it is in, so these may.
 */
export function sampleShards(
  rows: readonly SampleRow[],
  { layers, width }: ReasonerConfig,
  threads: number,
): SampleRow[][] {
  const keys = new Map(rows.map((row) => [row, row.prompt.join(' ')]));
  const sorted = [...rows].sort((a, b) => {
    const [ka, kb] = [keys.get(a)!, keys.get(b)!];
    return b.prompt.length - a.prompt.length || (ka < kb ? -1 : ka > kb ? 1 : a.index - b.index);
  });
  const columns = rows.reduce((most, { limit }) => Math.max(most, limit), 1);
  const fitting = Math.floor(CACHE_BYTES / (4 * 2 * layers * width * columns));
  const wanted = Math.ceil(rows.length / (SHARDS_PER_THREAD * threads));
  const most = Math.max(1, Math.min(MOST_ROWS, fitting, Math.max(FEWEST_ROWS, wanted)));
  const count = Math.ceil(sorted.length / most);
  // Shards of nearly equal size: a small last one would leave the kernels empty.
  return Array.from({ length: count }, (_, i) =>
    sorted.slice(Math.floor((i * sorted.length) / count), Math.floor(((i + 1) * sorted.length) / count)),
  );
}
