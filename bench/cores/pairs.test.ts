import { expect, test } from 'vitest';
import { packSequences } from '../../src/reasoner/batch.ts';
import { decodingPairs, trainingPairs } from './pairs.ts';

const sequence = (prompt: number[], response: number[]) => ({ prompt, response, weight: 1 });

test('a shared prefix is counted once, and not in the last block', () => {
  const sequences = [sequence([1, 2, 3, 4], [5, 6]), sequence([1, 2, 3, 4], [7])];
  const batches = packSequences(sequences, { style: 'ragged', tokenBudget: 100 });
  // Three positions of prefix: 1 + 2 + 3. Rows: two positions on three, 1 + 2 among themselves; one on three and itself.
  const [prefix, rows] = [6, 2 * 3 + 3 + 3 + 1];
  expect(trainingPairs(batches, 1)).toBe(rows);
  expect(trainingPairs(batches, 4)).toBe(4 * rows + 3 * prefix);
});

test('new tokens see their prefix and what came before them', () => {
  const rows = [{ prompt: [1, 2, 3] }, { prompt: [1, 2, 3] }, { prompt: [9] }];
  const rollouts = [{ tokens: [4, 5] }, { tokens: [6] }, { tokens: [7, 8, 9] }];
  expect(decodingPairs(rows, rollouts)).toEqual({ own: 2 * 2 + 3 + 2 + 1 + 6, prefixes: 3 });
  expect(decodingPairs([], [])).toEqual({ own: 0, prefixes: 0 });
});
