import { describe, expect, it } from 'vitest';
import {
  numbers,
  numericGradient,
  openBenches,
  PROFILES,
  UNTOUCHED,
  untouched,
} from '../../../../test/reasoner/webgpu.ts';
import { largestDifference } from '../../../../test/reasoner/weights.ts';
import { scaled } from '../../../../test/scale.ts';
import { Random } from '../../../random.ts';
import type { BatchNumbers } from '../../webgpu/batchUniform.ts';
import { termsOf } from '../../webgpu/training.ts';
import { policyLoss, STATISTIC_FIELDS } from './policyLoss.ts';
import { type Profile, rowGroups } from './wgsl.ts';

const PREFIX = 3;
/** Vocabulary and positions of rows. */
const SHAPES = {
  alone: scaled<readonly (readonly [number, number])[]>(
    [
      [1, 3],
      [5, 5],
      [23, 67],
      [24, 11],
      [67, 5],
    ],
    [
      [23, 67],
      [24, 11],
    ],
  ),
  // The second is more than the invocations of a row read at once.
  cooperative: [
    [23, 3],
    [262, 2],
  ],
} as const;

interface Term {
  weight: number;
  klToBase: number;
  target: number;
}
type Options = Pick<BatchNumbers, 'temperature' | 'normalizer' | 'entropy'>;

interface Case {
  options?: Options;
  /** At every other position. */
  klToBase?: number;
}

const CASES: Record<string, Case> = {
  'plain REINFORCE': {},
  'KL to the base': { klToBase: 0.7 },
  entropy: { options: { entropy: 0.3, normalizer: 5 } },
  'everything, at a temperature': {
    klToBase: 0.4,
    options: { temperature: 0.7, normalizer: 3, entropy: 0.1 },
  },
};

const bench = openBenches();

function logPolicy(logits: Float64Array, temperature: number): Float64Array {
  const scaled = logits.map((value) => value / temperature);
  const peak = Math.max(...scaled);
  const logSum = peak + Math.log(scaled.reduce((sum, value) => sum + Math.exp(value - peak), 0));
  return scaled.map((value) => value - logSum);
}

/** One position, in doubles; `base` is null where no position of the batch has a coefficient. */
function plain(logits: Float64Array, base: Float64Array | null, term: Term, options: Options) {
  const { temperature = 1, entropy: bonus = 0 } = options;
  const policy = logPolicy(logits, temperature);
  const entropy = -policy.reduce((sum, value) => sum + Math.exp(value) * value, 0);
  const logBase = base && term.klToBase > 0 ? logPolicy(base, temperature) : policy;
  const kl = policy.reduce((sum, value, i) => sum + Math.exp(value) * (value - logBase[i]!), 0);
  const chosen = policy[term.target]!;
  return { loss: -term.weight * chosen + term.klToBase * kl - bonus * entropy, entropy, kl, chosen };
}

const rowOf = (list: Float32Array, at: number, vocabulary: number) =>
  Float64Array.from(list.subarray(at * vocabulary, (at + 1) * vocabulary));

function makeTerms(rows: number, vocabulary: number, { klToBase = 0 }: Case) {
  const random = new Random(61);
  return Array.from(
    { length: rows },
    (_, r): Term => ({
      target: random.integer(0, vocabulary - 1),
      weight: r === 1 ? 0 : 2 * random.unit() - 1,
      klToBase: r % 2 === 0 ? klToBase : 0,
    }),
  );
}

/** Runs the kernel and expects what it says of every position, and the gradient, to be the reference's. */
async function expectLoss(
  { logits, base, terms }: { logits: Float32Array; base: Float32Array; terms: readonly Term[] },
  options: Options,
  { profile, gradient, tolerance }: { profile: Profile; gradient: boolean; tolerance: number },
) {
  const tokens = PREFIX + terms.length;
  const vocabulary = logits.length / tokens;
  const usesBase = terms.some(({ klToBase }) => klToBase > 0);
  const packed = termsOf({
    targets: Int32Array.from(terms, ({ target }) => target),
    weights: Float32Array.from(terms, ({ weight }) => weight),
    klToBase: Float32Array.from(terms, ({ klToBase }) => klToBase),
  });
  const [got, statistics] = await bench(profile).run(
    policyLoss(vocabulary, gradient, profile),
    { ...options, tokens, prefixTokens: PREFIX, usesBase },
    // Without a coefficient nothing of the base may be used.
    [
      packed,
      usesBase ? base : untouched(base.length).fill(Number.NaN),
      logits,
      untouched(STATISTIC_FIELDS * terms.length),
    ],
    [rowGroups(profile, terms.length)],
    [2, 3],
  );
  const want = logits.slice();
  const wanted = terms.flatMap((term, r) => {
    const point = rowOf(logits, PREFIX + r, vocabulary);
    const other = usesBase ? rowOf(base, PREFIX + r, vocabulary) : null;
    const { loss, entropy, kl, chosen } = plain(point, other, term, options);
    const share = () => plain(point, other, term, options).loss / (options.normalizer ?? 1);
    if (gradient) want.set(numericGradient(point, share), (PREFIX + r) * vocabulary);
    return [loss, entropy, kl, chosen];
  });
  expect(wanted).toHaveLength(STATISTIC_FIELDS * terms.length);
  expect(largestDifference(statistics!, wanted)).toBeLessThan(tolerance);
  expect(largestDifference(got!, want)).toBeLessThan(tolerance);
  return wanted;
}

const SHAPE_CASES = PROFILES.flatMap(({ name, profile }) =>
  SHAPES[name].map(([vocabulary, rows]) => ({ name, profile, vocabulary, rows })),
);

describe.each(SHAPE_CASES)('the objective, $name, $rows positions, $vocabulary tokens', (shape) => {
  const { profile, vocabulary, rows } = shape;
  const random = new Random(62);
  const logits = numbers(random, (PREFIX + rows) * vocabulary, 2);
  const base = numbers(random, (PREFIX + rows) * vocabulary, 2);

  it.each(Object.keys(CASES))('has its value, means and gradient: %s', async (name) => {
    const terms = makeTerms(rows, vocabulary, CASES[name]!);
    const options = CASES[name]!.options ?? {};
    await expectLoss({ logits, base, terms }, options, { profile, gradient: true, tolerance: 3e-5 });
  });
});

describe.each(PROFILES)('the objective, $name', ({ profile }) => {
  const everything = CASES['everything, at a temperature']!;

  it('leaves the logits as they are when only its values are asked for', async () => {
    const logits = numbers(new Random(63), (PREFIX + 9) * 23, 2);
    const base = numbers(new Random(64), (PREFIX + 9) * 23, 2);
    const terms = makeTerms(9, 23, everything);
    const asked = { profile, gradient: false, tolerance: 3e-5 };
    await expectLoss({ logits, base, terms }, everything.options!, asked);
  });

  it('is finite where probabilities vanish', async () => {
    const logits = untouched((PREFIX + 2) * 23);
    logits.set([300, -300], PREFIX * 23);
    logits.set([-300, 300], (PREFIX + 1) * 23);
    const base = logits.map((value) => (Math.abs(value) > UNTOUCHED ? -value : value));
    const term = { weight: 1, klToBase: 1, target: 1 };
    // Single precision has seven digits, and the largest of these numbers are 600.
    const asked = { profile, gradient: true, tolerance: 2e-4 };
    await expectLoss({ logits, base, terms: [term, term] }, { entropy: 0.1 }, asked);
  });
});
