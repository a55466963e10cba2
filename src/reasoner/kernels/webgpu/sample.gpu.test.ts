import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numbers, openBenches, PROFILES, UNTOUCHED, untouched } from '../../../../test/reasoner/webgpu.ts';
import { largestDifference } from '../../../../test/reasoner/weights.ts';
import { Random } from '../../../random.ts';
import { ROW_FIELDS } from './decodeAttention.ts';
import { DRAW_FIELDS, sampleToken } from './sample.ts';
import { type Profile, rowGroups } from './wgsl.ts';

const END = 1;
const WINDOW = 4;
const LIMIT = 9;
/** Vocabulary and width. */
const SHAPES = {
  alone: [
    [2, 1],
    [23, 5],
    [24, 8],
  ],
  // Tokens, and then numbers of the embedding, are more than the invocations of a row read at once.
  cooperative: [
    [23, 5],
    [263, 260],
  ],
} as const;
const SHAPE_CASES = PROFILES.flatMap(({ name, profile }) =>
  SHAPES[name].map(([vocabulary, width]) => ({ name, profile, vocabulary, width })),
);

interface Row {
  sequence: number;
  time: number;
  windowStart: number;
  limit: number;
  finished: boolean;
}

interface Call {
  seed?: number;
  greedy?: boolean;
  temperature?: number;
}

const bench = openBenches();

const newRow = (sequence: number): Row => ({
  sequence,
  time: 0,
  windowStart: 0,
  limit: LIMIT,
  finished: false,
});

/** One draw for every row of logits; the table's row for a token says the token's number everywhere. */
async function draw(
  logits: Float32Array,
  rows: readonly Row[],
  { vocabulary, width, profile }: { vocabulary: number; width: number; profile: Profile },
  { seed = 1, greedy = false, temperature = 1 }: Call = {},
) {
  const words = Uint32Array.from(
    rows.flatMap(({ sequence, limit, time, finished, windowStart }, r) => [
      ...[r, 0, 0, sequence],
      ...[limit, time, Number(finished), windowStart],
    ]),
  );
  const table = Float32Array.from({ length: vocabulary * width }, (_, i) => Math.floor(i / width));
  const [state, x, draws] = await bench(profile).run(
    sampleToken(vocabulary, width, WINDOW, END, profile),
    { tokens: rows.length, seed, greedy, temperature },
    [words, logits, table, untouched(rows.length * width), untouched(rows.length * WINDOW * DRAW_FIELDS)],
    [rowGroups(profile, rows.length)],
    [0, 3, 4],
  );
  const numbersOfDraws = new Uint32Array(draws!.buffer);
  const at = (r: number) => (r * WINDOW + rows[r]!.time - rows[r]!.windowStart) * DRAW_FIELDS;
  return {
    state: new Uint32Array(state!.buffer),
    x: x!,
    draws: draws!,
    tokens: rows.map((_, r) => numbersOfDraws[at(r)]!),
    logprobs: rows.map((_, r) => draws![at(r) + 1]!),
  };
}

/** A number in [0, 1) from murmur3's finaliser, as `sampler.ts` says. */
function unit(seed: number, sequence: number, position: number): number {
  const mix = (value: number) => {
    let h = value;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return h ^ (h >>> 16);
  };
  let h = mix(seed ^ 0x9e3779b9);
  h = mix(h ^ Math.imul(sequence + 1, 0x85ebca6b));
  h = mix(h ^ Math.imul(position + 1, 0xc2b2ae35));
  return (h >>> 0) / 2 ** 32;
}

/** The policy, in doubles. */
function plain(logits: Float32Array, { temperature = 1 }: Call): number[] {
  const weights = Array.from(logits, (value) => Math.exp(value / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

describe.each(SHAPE_CASES)('sampling, $name, from $vocabulary tokens', (shape) => {
  const { vocabulary } = shape;
  const random = new Random(91);
  const count = shape.profile.cooperative ? 5 : 67;
  const logits = numbers(random, count * vocabulary, 3);
  const rows = Array.from(
    { length: count },
    (_, r): Row => ({ ...newRow(r), time: r % 5, windowStart: 3 * Math.floor((r % 5) / 3) }),
  );
  const logitsOf = (r: number) => logits.subarray(r * vocabulary, (r + 1) * vocabulary);

  it.each<[string, Call]>([
    ['the policy', { seed: 7 }],
    ['a sharper policy', { temperature: 0.3, seed: 2 ** 32 - 1 }],
  ])('inverts the cumulated probabilities of %s', async (_, call) => {
    const { tokens, logprobs, x, state } = await draw(logits, rows, shape, call);
    for (const [r, token] of tokens.entries()) {
      const policy = plain(logitsOf(r), call);
      const below = policy.slice(0, token).reduce((sum, p) => sum + p, 0);
      const place = unit(call.seed ?? 1, r, rows[r]!.time);
      // The kernel rounds the number to 24 bits and sums in single precision.
      expect(place).toBeGreaterThan(below - 1e-5);
      expect(place).toBeLessThan(below + policy[token]! + 1e-5);
      expect(Math.abs(logprobs[r]! - Math.log(policy[token]!))).toBeLessThan(1e-4);
    }
    const wantedX = tokens.flatMap((token) => Array<number>(shape.width).fill(token));
    expect(largestDifference(x, wantedX)).toBe(0);
    const times = rows.map((_row, r) => state[r * ROW_FIELDS + 5]);
    expect(times).toEqual(rows.map(({ time }) => time + 1));
  });

  it('is greedy when asked, smaller tokens first, with real log-probabilities', async () => {
    const tied = logits.slice();
    const wanted = Array.from({ length: count }, (_, r) => {
      const first = random.integer(0, vocabulary - 2);
      for (const token of [first, random.integer(first + 1, vocabulary - 1)])
        tied[r * vocabulary + token] = 5;
      return first;
    });
    const { tokens, logprobs } = await draw(tied, rows, shape, { greedy: true });
    expect(tokens).toEqual(wanted);
    for (const [r, token] of tokens.entries()) {
      const policy = plain(tied.subarray(r * vocabulary, (r + 1) * vocabulary), {});
      expect(Math.abs(logprobs[r]! - Math.log(policy[token]!))).toBeLessThan(1e-4);
    }
  });
});

describe.each(PROFILES)('sampling, $name', ({ profile }) => {
  const [vocabulary, width] = [23, 5];
  const shape = { profile, vocabulary, width };
  /** Logits that leave one token. */
  const only = (token: number) => Float32Array.from({ length: vocabulary }, (_, i) => (i === token ? 50 : 0));

  it('finishes at the end token and at the limit, and leaves finished rows as they are', async () => {
    const rows: Row[] = [
      newRow(0),
      newRow(1),
      { ...newRow(2), time: LIMIT - 1, windowStart: LIMIT - 2 },
      { ...newRow(3), time: 2, finished: true },
    ];
    const logits = Float32Array.from([5, END, 6, 7].flatMap((token) => [...only(token)]));
    const { state, draws, tokens } = await draw(logits, rows, shape);
    expect(tokens.slice(0, 3)).toEqual([5, END, 6]);
    const fields = (r: number) => [...state.subarray(r * ROW_FIELDS + 4, (r + 1) * ROW_FIELDS)];
    // Limit, time, finished, start of the window.
    expect(rows.map((_, r) => fields(r))).toEqual([
      [LIMIT, 1, 0, 0],
      [LIMIT, 1, 1, 0],
      [LIMIT, LIMIT, 1, LIMIT - 2],
      [LIMIT, 2, 1, 0],
    ]);
    // One draw each, none for the finished row; all else is as it was.
    const touched = [...draws.keys()].filter((i) => draws[i] !== UNTOUCHED);
    const place = (r: number, at: number) => (r * WINDOW + at) * DRAW_FIELDS;
    const first = [place(0, 0), place(1, 0), place(2, 1)];
    expect(touched).toEqual(first.flatMap((at) => [at, at + 1]));
  });

  it('draws the same for a seed, a sequence and a position, whatever the batch', async () => {
    const logits = numbers(new Random(92), vocabulary, 1);
    const many = (count: number) =>
      Float32Array.from({ length: count * vocabulary }, (_, i) => logits[i % vocabulary]!);
    const row = fc.record({
      sequence: fc.integer({ min: 0, max: 2 ** 20 }),
      time: fc.integer({ min: 0, max: WINDOW - 1 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: profile.cooperative ? 3 : 70 }),
        fc.nat(),
        async (places, seed) => {
          const rows = places.map((place) => ({ ...newRow(0), ...place }));
          const together = await draw(many(rows.length), rows, shape, { seed });
          const [alone] = (await draw(logits, rows.slice(-1), shape, { seed })).tokens;
          expect(together.tokens.at(-1)).toBe(alone);
          const again = await draw(many(rows.length), rows.toReversed(), shape, { seed });
          expect(again.tokens.toReversed()).toEqual(together.tokens);
        },
      ),
      { numRuns: 5, seed: 4 },
    );
  });
});

describe('sampling many rows', () => {
  const [vocabulary, width, count] = [23, 5, 4000];
  const shape = { profile: { cooperative: false }, vocabulary, width };

  it.each<[string, Call]>([
    ['as they are', { seed: 3 }],
    ['at a temperature', { seed: 4, temperature: 1.7 }],
  ])('gives frequencies like the probabilities %s', async (_, call) => {
    const logits = numbers(new Random(93), vocabulary, 2);
    const rows = Array.from({ length: count }, (_row, r) => newRow(r));
    const all = Float32Array.from({ length: count * vocabulary }, (_n, i) => logits[i % vocabulary]!);
    const { tokens } = await draw(all, rows, shape, call);
    let chiSquare = 0;
    for (const [token, p] of plain(logits, call).entries()) {
      const seen = tokens.filter((other) => other === token).length;
      chiSquare += (seen - count * p) ** 2 / (count * p);
    }
    // One in a thousand samples from the probabilities has more, at 22 degrees of freedom.
    expect(chiSquare).toBeLessThan(48.3);
  });

  it('gives other draws for other seeds, sequences and positions', async () => {
    const logits = new Float32Array(200 * vocabulary);
    const tokens = async (change: Partial<Row>, seed: number, shift = 0) => {
      const rows = Array.from({ length: 200 }, (_, r) => ({ ...newRow(r + shift), ...change }));
      return (await draw(logits, rows, shape, { seed })).tokens;
    };
    const first = await tokens({}, 1);
    // Of uniform draws from 23 tokens nearly all differ; of equal ones none.
    for (const other of [await tokens({}, 2), await tokens({ time: 1 }, 1), await tokens({}, 1, 1000)]) {
      expect(other.filter((token, r) => token === first[r]).length).toBeLessThan(30);
    }
  });
});
