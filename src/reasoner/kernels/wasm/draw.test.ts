import fc from 'fast-check';
import { expect, it } from 'vitest';
import { scaled } from '../../../../test/scale.ts';
import { Heap } from '../../wasm/heap.ts';

const heap = await Heap.open();

/** Tokens and log-probabilities that the kernel draws from rows of logits. */
function draw(rows: readonly Float32Array[], temperature: number, greedy: boolean, units: readonly number[]) {
  return heap.scoped(() => {
    const vocabulary = rows[0]!.length;
    const logits = heap.put(Float32Array.from(rows.flatMap((row) => [...row])));
    const at = { units: heap.room(2 * rows.length), tokens: heap.room(rows.length) };
    const logprobs = heap.room(2 * rows.length);
    heap.doubles(at.units, rows.length).set(units);
    const scale = greedy ? 1 : 1 / temperature;
    heap.run.drawTokens(
      logits,
      rows.length,
      vocabulary,
      scale,
      greedy ? 1 : 0,
      at.units,
      at.tokens,
      logprobs,
    );
    return {
      tokens: [...heap.integers(at.tokens, rows.length)],
      logprobs: [...heap.doubles(logprobs, rows.length)],
    };
  });
}

const logits = fc
  .tuple(fc.integer({ min: 1, max: 37 }), fc.integer({ min: 1, max: 4 }))
  .chain(([vocabulary, rows]) =>
    fc.array(
      fc.float32Array({ min: -30, max: 30, noNaN: true, minLength: vocabulary, maxLength: vocabulary }),
      {
        minLength: rows,
        maxLength: rows,
      },
    ),
  );
const runs = { numRuns: scaled(500, 100) };

/** Probabilities of a row, in double precision. */
function policy(row: Float32Array, temperature: number): number[] {
  const highest = Math.max(...row);
  const weights = [...row].map((value) => Math.exp((value - highest) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

it('draws the token at which the probabilities add up to the uniform number, and says how likely it was', () => {
  const cases = fc.tuple(
    logits,
    fc.double({ min: 0.3, max: 2, noNaN: true }),
    fc.double({ min: 0, max: 0.999999, noNaN: true }),
  );
  fc.assert(
    fc.property(cases, ([rows, temperature, unit]) => {
      const { tokens, logprobs } = draw(
        rows,
        temperature,
        false,
        rows.map(() => unit),
      );
      for (const [r, row] of rows.entries()) {
        const p = policy(row, temperature);
        const token = tokens[r]!;
        const before = p.slice(0, token).reduce((sum, share) => sum + share, 0);
        expect(before).toBeLessThanOrEqual(unit + 1e-5);
        expect(before + p[token]!).toBeGreaterThanOrEqual(unit - 1e-5);
        expect(logprobs[r]).toBeCloseTo(Math.log(p[token]!), 3);
      }
    }),
    runs,
  );
});

it('takes the likeliest token when greedy, and the smaller one of two', () => {
  fc.assert(
    fc.property(logits, (rows) => {
      const { tokens } = draw(
        rows,
        1,
        true,
        rows.map(() => 0.9),
      );
      expect(tokens).toEqual(rows.map((row) => row.indexOf(Math.max(...row))));
    }),
    runs,
  );
  expect(draw([Float32Array.of(1, 5, 2, 5, 0)], 1, true, [0]).tokens).toEqual([1]);
});

it('says so where logits are not finite, and goes on with the others', () => {
  const fine = Float32Array.of(0, 9, 0, 0, 0);
  for (const odd of [Number.NaN, Number.POSITIVE_INFINITY]) {
    for (let at = 0; at < fine.length; at++) {
      const spoilt = fine.with(at, odd);
      expect(draw([fine, spoilt, fine], 1, true, [0, 0, 0]).tokens).toEqual([1, -1, 1]);
    }
  }
});
