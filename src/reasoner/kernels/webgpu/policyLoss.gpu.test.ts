import { describe, expect, it } from 'vitest';
import { Random } from '../../../random.ts';
import { largestDifference } from '../../testing.ts';
import type { BatchNumbers } from '../../webgpu/batchUniform.ts';
import {
  numbers,
  numericGradient,
  openBenches,
  PROFILES,
  UNTOUCHED,
  untouched,
} from '../../webgpu/testing.ts';
import { termsOf } from '../../webgpu/training.ts';
import { policyLoss, STATISTIC_FIELDS } from './policyLoss.ts';
import { type Profile, rowGroups } from './wgsl.ts';

const PREFIX = 3;
/** Vocabulary and positions of rows. */
const SHAPES = {
  alone: [
    [1, 3],
    [5, 5],
    [23, 67],
    [24, 11],
    [67, 5],
  ],
  // The second is more than the invocations of a row read at once.
  cooperative: [
    [23, 3],
    [262, 2],
  ],
} as const;

interface Term {
  weight: number;
  /** NaN where there is none. */
  samplerLogprob: number;
  klToBase: number;
  target: number;
}
type Options = Pick<BatchNumbers, 'temperature' | 'normalizer' | 'entropy' | 'ppoClip'>;

interface Case {
  options?: Options;
  /** Sampler log-probabilities this much off the policy's own, at three of four positions. */
  off?: number;
  /** At every other position. */
  klToBase?: number;
}

const CASES: Record<string, Case> = {
  'plain REINFORCE': {},
  'PPO without bounds': { off: 0.3 },
  'PPO with bounds': { off: 0.6, options: { ppoClip: { low: 0.2, high: 0.28 } } },
  'PPO with a dual clip': { off: 0.8, options: { ppoClip: { low: 0.2, high: 0.28, dual: 1.4 } } },
  'KL to the base': { klToBase: 0.7 },
  entropy: { options: { entropy: 0.3, normalizer: 5 } },
  'everything, at a temperature': {
    off: 0.5,
    klToBase: 0.4,
    options: { temperature: 0.7, normalizer: 3, entropy: 0.1, ppoClip: { low: 0.1, high: 0.2 } },
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
  const { temperature = 1, entropy: bonus = 0, ppoClip } = options;
  const policy = logPolicy(logits, temperature);
  const entropy = -policy.reduce((sum, value) => sum + Math.exp(value) * value, 0);
  const logBase = base && term.klToBase > 0 ? logPolicy(base, temperature) : policy;
  const kl = policy.reduce((sum, value, i) => sum + Math.exp(value) * (value - logBase[i]!), 0);
  const chosen = policy[term.target]!;
  let objective = term.weight * chosen;
  let clipped = 0;
  if (!Number.isNaN(term.samplerLogprob)) {
    const ratio = Math.exp(chosen - term.samplerLogprob);
    const bounded = ppoClip ? Math.min(Math.max(ratio, 1 - ppoClip.low), 1 + ppoClip.high) : ratio;
    const least = Math.min(term.weight * ratio, term.weight * bounded);
    const dual = ppoClip?.dual ?? Number.POSITIVE_INFINITY;
    objective = term.weight < 0 ? Math.max(least, term.weight * dual) : least;
    clipped = objective === term.weight * ratio ? 0 : 1;
  }
  return { loss: -objective + term.klToBase * kl - bonus * entropy, entropy, kl, clipped, chosen };
}

const rowOf = (list: Float32Array, at: number, vocabulary: number) =>
  Float64Array.from(list.subarray(at * vocabulary, (at + 1) * vocabulary));

function makeTerms(
  logits: Float32Array,
  rows: number,
  vocabulary: number,
  { off, klToBase = 0, options }: Case,
) {
  const random = new Random(61);
  return Array.from({ length: rows }, (_, r): Term => {
    const target = random.integer(0, vocabulary - 1);
    const own = logPolicy(rowOf(logits, PREFIX + r, vocabulary), options?.temperature ?? 1)[target]!;
    return {
      target,
      weight: r === 1 ? 0 : 2 * random.unit() - 1,
      samplerLogprob: off && r % 4 !== 3 ? own + off * (2 * random.unit() - 1) : Number.NaN,
      klToBase: r % 2 === 0 ? klToBase : 0,
    };
  });
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
    samplerLogprobs: Float32Array.from(terms, ({ samplerLogprob }) => samplerLogprob),
    klToBase: Float32Array.from(terms, ({ klToBase }) => klToBase),
  });
  const [got, statistics] = await bench(profile).run(
    policyLoss(vocabulary, gradient, profile),
    { ...options, tokens, prefixTokens: PREFIX, usesBase },
    // Without a coefficient nothing of the base may be used.
    [packed, usesBase ? base : untouched(base.length).fill(Number.NaN), logits, untouched(8 * terms.length)],
    [rowGroups(profile, terms.length)],
    [2, 3],
  );
  const want = logits.slice();
  const wanted = terms.flatMap((term, r) => {
    const point = rowOf(logits, PREFIX + r, vocabulary);
    const other = usesBase ? rowOf(base, PREFIX + r, vocabulary) : null;
    const { loss, entropy, kl, clipped, chosen } = plain(point, other, term, options);
    const share = () => plain(point, other, term, options).loss / (options.normalizer ?? 1);
    if (gradient) want.set(numericGradient(point, share), (PREFIX + r) * vocabulary);
    return [loss, entropy, kl, clipped, chosen, 0, 0, 0];
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
    const terms = makeTerms(logits, rows, vocabulary, CASES[name]!);
    const options = CASES[name]!.options ?? {};
    await expectLoss({ logits, base, terms }, options, { profile, gradient: true, tolerance: 3e-5 });
  });
});

describe.each(PROFILES)('the objective, $name', ({ profile }) => {
  const everything = CASES['everything, at a temperature']!;

  it('leaves the logits as they are when only its values are asked for', async () => {
    const logits = numbers(new Random(63), (PREFIX + 9) * 23, 2);
    const base = numbers(new Random(64), (PREFIX + 9) * 23, 2);
    const terms = makeTerms(logits, 9, 23, everything);
    const asked = { profile, gradient: false, tolerance: 3e-5 };
    await expectLoss({ logits, base, terms }, everything.options!, asked);
  });

  it('clips where the ratio has left its bounds in the direction of the advantage', async () => {
    const logits = numbers(new Random(65), (PREFIX + 4) * 23, 2);
    const own = (r: number) => logPolicy(rowOf(logits, PREFIX + r, 23), 1)[5]!;
    const terms = [
      { weight: 1, shift: 0.5 },
      { weight: 1, shift: -0.5 },
      { weight: -1, shift: 0.5 },
      { weight: -1, shift: -0.5 },
    ].map(({ weight, shift }, r) => ({ weight, samplerLogprob: own(r) - shift, target: 5, klToBase: 0 }));
    const asked = { profile, gradient: true, tolerance: 3e-5 };
    const statistics = await expectLoss(
      { logits, base: logits, terms },
      { ppoClip: { low: 0.2, high: 0.2 } },
      asked,
    );
    expect([3, 11, 19, 27].map((i) => statistics[i])).toEqual([1, 0, 0, 1]);
  });

  it('is finite where probabilities vanish', async () => {
    const logits = untouched((PREFIX + 2) * 23);
    logits.set([300, -300], PREFIX * 23);
    logits.set([-300, 300], (PREFIX + 1) * 23);
    const base = logits.map((value) => (Math.abs(value) > UNTOUCHED ? -value : value));
    const term = { weight: 1, samplerLogprob: Number.NaN, klToBase: 1, target: 1 };
    // Single precision has seven digits, and the largest of these numbers are 600.
    const asked = { profile, gradient: true, tolerance: 2e-4 };
    await expectLoss({ logits, base, terms: [term, term] }, { entropy: 0.1 }, asked);
  });
});
