/** How many pairs of a query and a key attention goes through: what its operations are counted by. */
import type { MicroBatch } from '../../src/reasoner/batch.ts';
import type { SampleRow } from '../../src/reasoner/wasm/decoding.ts';

/** Of a position with itself and all before it. */
const causal = (length: number) => (length * (length + 1)) / 2;

/** Of all blocks in one forward pass; the last one answers for rows only. */
export function trainingPairs(batches: readonly Pick<MicroBatch, 'layout'>[], layers: number): number {
  let pairs = 0;
  for (const { layout } of batches) {
    const { prefixLength, rowLength, rowContext } = layout;
    for (const length of prefixLength) pairs += (layers - 1) * causal(length);
    for (const [r, length] of rowLength.entries()) {
      pairs += layers * (length * rowContext[r]! + causal(length));
    }
  }
  return pairs;
}

/** Of one block: new tokens with their prefix and each other, and prefixes, each once, with themselves. */
export function decodingPairs(
  rows: readonly Pick<SampleRow, 'prompt'>[],
  rollouts: readonly { tokens: readonly number[] }[],
): { own: number; prefixes: number } {
  const distinct = new Map<string, number>();
  let own = 0;
  for (const [r, { prompt }] of rows.entries()) {
    const prefix = prompt.slice(0, -1);
    distinct.set(prefix.join(' '), prefix.length);
    const count = rollouts[r]!.tokens.length;
    own += count * prefix.length + causal(count);
  }
  return { own, prefixes: [...distinct.values()].reduce((sum, length) => sum + causal(length), 0) };
}
