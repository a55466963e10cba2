import fc from 'fast-check';
import { expect, it } from 'vitest';
import { softmax } from '../../../../test/reasoner/attentionCases.ts';
import { roomBetweenGuards } from '../../../../test/reasoner/wasm.ts';
import { largestDifference } from '../../../../test/reasoner/weights.ts';
import { scaled } from '../../../../test/scale.ts';
import { Random } from '../../../random.ts';
import { Heap } from '../../wasm/heap.ts';

const heap = await Heap.open();
const runs = { numRuns: scaled(300, 30) };

interface Case {
  heads: number;
  dim: number;
  /** Length of each prefix. */
  prefixes: readonly number[];
  /** Prefix and number of tokens of each row. */
  rows: readonly { prefix: number; tokens: number }[];
  seed: number;
}

const cases: fc.Arbitrary<Case> = fc.record({
  heads: fc.integer({ min: 1, max: 3 }),
  dim: fc.constantFrom(2, 6, 8, 16, 20, 32, 64),
  prefixes: fc.constant([0, 1, 4, 17]),
  rows: fc.array(
    fc.record({ prefix: fc.constantFrom(0, 1, 2, 2, 2, 3, 3), tokens: fc.integer({ min: 1, max: 19 }) }),
    { minLength: 1, maxLength: 9 },
  ),
  seed: fc.nat(),
});

interface Numbers {
  /** Turned queries, keys and values of each prefix's tokens, `[length, 3·width]`. */
  prefixes: Float32Array[];
  /** Of each row, `[tokens, 3·width]` before turning and `[tokens, headDim/2]` angles. */
  rows: { qkv: Float32Array; angles: Float32Array }[];
}

function numbersOf({ heads, dim, prefixes, rows, seed }: Case): Numbers {
  const random = new Random(seed);
  const list = (count: number) => Float32Array.from({ length: count }, () => 2 * random.unit() - 1);
  const token = 3 * heads * dim;
  return {
    prefixes: prefixes.map((length) => list(length * token)),
    rows: rows.map(({ tokens }) => ({ qkv: list(tokens * token), angles: list((tokens * dim) / 2) })),
  };
}

/** The kernel's outputs of each row, `[tokens, width]`; rows leave the batch as they end. */
function decode({ heads, dim, prefixes, rows }: Case, numbers: Numbers): Float32Array[] {
  return heap.scoped(() => {
    const width = heads * dim;
    const pad4 = (n: number) => (n + 3) & ~3;
    const before = (list: readonly number[]) =>
      list.map((_, i) => list.slice(0, i).reduce((a, b) => a + b, 0));
    const places = before(prefixes.map((length) => width * pad4(length)));
    const table = heap.put(Int32Array.from([...before(prefixes), ...prefixes, ...places]));
    const rotated = heap.put(Float32Array.from(numbers.prefixes.flatMap((list) => [...list])));
    const prefixKeys = roomBetweenGuards(
      heap,
      prefixes.reduce((sum, length) => sum + width * pad4(length), 0),
    );
    heap.run.cachePrefixes(rotated, prefixKeys.at, table, prefixes.length, heads, dim);
    const longest = Math.max(...rows.map(({ tokens }) => tokens));
    const capacity = pad4(longest);
    const keys = roomBetweenGuards(heap, rows.length * capacity * width);
    const values = roomBetweenGuards(heap, rows.length * capacity * width);
    const scratch = roomBetweenGuards(heap, 4 * (Math.max(...prefixes) + capacity + 4));
    const outputs = rows.map(({ tokens }) => new Float32Array(tokens * width));
    for (let time = 0; time < longest; time++) {
      heap.scoped(() => {
        const active = [...rows.keys()].filter((r) => rows[r]!.tokens > time);
        const part = (list: Float32Array, size: number) => list.subarray(time * size, (time + 1) * size);
        const gather = (of: (r: number) => Iterable<number>) =>
          heap.put(Float32Array.from(active.flatMap((r) => [...of(r)])));
        const qkv = gather((r) => part(numbers.rows[r]!.qkv, 3 * width));
        const cos = gather((r) => part(numbers.rows[r]!.angles, dim / 2).map(Math.cos));
        const sin = gather((r) => part(numbers.rows[r]!.angles, dim / 2).map(Math.sin));
        const out = roomBetweenGuards(heap, active.length * width);
        heap.run.decodeAttention(
          qkv,
          out.at,
          cos,
          sin,
          heap.put(Int32Array.from(active)),
          heap.put(Int32Array.from(active, (r) => rows[r]!.prefix)),
          active.length,
          keys.at,
          values.at,
          capacity,
          time,
          rotated,
          prefixKeys.at,
          table,
          prefixes.length,
          heads,
          dim,
          scratch.at,
        );
        for (const [i, r] of active.entries()) {
          outputs[r]!.set(out.numbers().subarray(i * width, (i + 1) * width), time * width);
        }
        out.expectGuards();
      });
    }
    for (const room of [prefixKeys, keys, values, scratch]) room.expectGuards();
    return outputs;
  });
}

/** One row in double precision. */
function plain({ heads, dim, prefixes, rows }: Case, numbers: Numbers, r: number): Float64Array {
  const width = heads * dim;
  const half = dim / 2;
  const { prefix, tokens } = rows[r]!;
  const { qkv, angles } = numbers.rows[r]!;
  const out = new Float64Array(tokens * width);
  /** Entry d of a head at `at`, turned by the angles of time t. */
  const turned = (at: number, t: number, d: number) => {
    const angle = angles[t * half + (d % half)]!;
    const other = qkv[at + ((d + half) % dim)]!;
    return qkv[at + d]! * Math.cos(angle) + (d < half ? -other : other) * Math.sin(angle);
  };
  const dims = [...Array(dim).keys()];
  for (let t = 0; t < tokens; t++) {
    for (let h = 0; h < heads; h++) {
      const q = dims.map((d) => turned(t * 3 * width + h * dim, t, d) / Math.sqrt(dim));
      const scores: number[] = [];
      const values: ArrayLike<number>[] = [];
      for (let j = 0; j < prefixes[prefix]!; j++) {
        const at = j * 3 * width + width + h * dim;
        const list = numbers.prefixes[prefix]!;
        scores.push(dims.reduce((sum, d) => sum + q[d]! * list[at + d]!, 0));
        values.push(list.subarray(at + width, at + width + dim));
      }
      for (let j = 0; j <= t; j++) {
        const at = j * 3 * width + width + h * dim;
        scores.push(dims.reduce((sum, d) => sum + q[d]! * turned(at, j, d), 0));
        values.push(qkv.subarray(at + width, at + width + dim));
      }
      const weights = softmax(scores);
      for (const d of dims) {
        out[t * width + h * dim + d] = weights.reduce((sum, weight, j) => sum + weight * values[j]![d]!, 0);
      }
    }
  }
  return out;
}

it('attends to the prefix and to all that was appended', () => {
  fc.assert(
    fc.property(cases, (shape) => {
      const numbers = numbersOf(shape);
      for (const [r, got] of decode(shape, numbers).entries()) {
        expect(largestDifference(got, plain(shape, numbers, r))).toBeLessThan(2e-6);
      }
    }),
    runs,
  );
});

it('gives a row the same bits beside other rows and alone', () => {
  fc.assert(
    fc.property(cases, (shape) => {
      const numbers = numbersOf(shape);
      const together = decode(shape, numbers);
      for (const [r, row] of shape.rows.entries()) {
        const alone = decode({ ...shape, rows: [row] }, { ...numbers, rows: [numbers.rows[r]!] });
        expect(alone[0]).toEqual(together[r]);
      }
    }),
    runs,
  );
});
