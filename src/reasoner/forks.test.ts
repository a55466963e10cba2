import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packSequences } from './batch.ts';
import { forkedRows } from './forks.ts';

/** Few tokens, so that responses begin alike. */
const responses = fc.array(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 8 }), {
  minLength: 1,
  maxLength: 9,
});

const sequencesOf = (all: readonly number[][], prompt: number[]) =>
  all.map((response, i) => ({ prompt, response, weight: i + 1 }));

const beginnings = (all: readonly number[][]) =>
  new Set(all.flatMap((response) => response.map((_, at) => response.slice(0, at + 1).join(' '))));

test('a tree has every response whole, and every beginning once', () => {
  fc.assert(
    fc.property(responses, (all) => {
      const rows = forkedRows(sequencesOf(all, [9]), [...all.keys()]);
      for (const [index, response] of all.entries()) {
        const path = rows.filter(({ through }) => through.includes(index));
        expect(path.flatMap(({ start, end }) => response.slice(start, end))).toEqual(response);
        expect(path.map(({ start }) => start)).toEqual([0, ...path.slice(0, -1).map(({ end }) => end)]);
      }
      expect(rows.reduce((sum, { start, end }) => sum + end - start, 0)).toBe(beginnings(all).size);
    }),
  );
});

test('sequences with positions of their own share nothing', () => {
  const [first, second] = sequencesOf(
    [
      [1, 2],
      [1, 2],
    ],
    [9],
  );
  const positions = [0, 1, 5];
  const rows = forkedRows(
    [{ ...first!, positions }, { ...second!, positions }, first!, second!],
    [0, 1, 2, 3],
  );
  expect(rows.map(({ through }) => through)).toEqual([[0], [1], [2, 3]]);
});

test('packed, a row sees what its response has before it, and weighs what all weigh that it is a part of', () => {
  fc.assert(
    fc.property(
      responses,
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom(12, 100),
      (all, length, tokenBudget) => {
        const prompt = Array.from({ length }, () => 9);
        const batches = packSequences(sequencesOf(all, prompt), {
          style: 'ragged',
          tokenBudget,
          forks: true,
        });
        let [weight, tokens] = [0, 0];
        for (const { layout, inputs, positions, targets, weights, counts } of batches) {
          expect(layout.tokens).toBeLessThanOrEqual(tokenBudget);
          // The response up to where a row ends, by the place of that end.
          const ends = new Map([[length - 1, [] as number[]]]);
          for (const [r, offset] of layout.rowOffset.entries()) {
            const context = layout.rowContext[r]!;
            const at = offset - layout.prefixTokens;
            const row = [...targets.subarray(at, at + layout.rowLength[r]!)];
            const response = [...ends.get(context)!, ...row];
            for (const end of ends.keys()) if (end > context) ends.delete(end);
            ends.set(context + row.length, response);
            expect(all.some((each) => response.every((token, i) => each[i] === token))).toBe(true);
            const read = [9, ...response].slice(context - length + 1, -1);
            expect([...inputs.subarray(offset, offset + row.length)]).toEqual(read);
            expect([...positions.subarray(offset, offset + row.length)]).toEqual(
              row.map((_, i) => context + i),
            );
          }
          weight += weights.reduce((sum, each) => sum + each, 0);
          tokens += counts.reduce((sum, each) => sum + each, 0);
        }
        expect(weight).toBe(all.reduce((sum, response, i) => sum + (i + 1) * response.length, 0));
        expect(tokens).toBe(all.reduce((sum, response) => sum + response.length, 0));
      },
    ),
  );
});
