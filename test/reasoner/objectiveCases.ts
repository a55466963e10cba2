/** What a gradient step's objective is checked on: settings in which every term of it matters, and the reference's word. */
import { expect } from 'vitest';
import { Random } from '../../src/random.ts';
import { toHuggingFace } from '../../src/reasoner/checkpoint.ts';
import type { UpdateSums } from '../../src/reasoner/core.ts';
import { initialValues } from '../../src/reasoner/parameters.ts';
import type { ReasonerConfig, TrainingSequence, UpdateOptions } from '../../src/reasoner/reasoner.ts';
import { type ReferenceWeights, referenceLoss } from './reference.ts';
import { ODD_CONFIG, oddSequences, PLAIN_UPDATE } from './weights.ts';

interface Setting {
  config?: Partial<ReasonerConfig>;
  options?: Partial<UpdateOptions>;
  change?: Partial<TrainingSequence>;
  /** Positions jump. */
  gaps?: boolean;
  /** Responses to a prompt begin like another one, and some are another one. */
  alike?: boolean;
}

export const SETTINGS: Readonly<Record<string, Setting>> = {
  'plain REINFORCE': {},
  'a tied head': { config: { tiedHead: true } },
  'heads of eight numbers': { config: { width: 16, heads: 2, feedForward: 24, vocabularySize: 24 } },
  'heads of twenty numbers': { config: { width: 40, heads: 2 } },
  'one weight per token': { change: { weight: [0.5, -1, 2, 0, 1, 1, -3, 0.1, 0, 1, 2, 3, 4] } },
  'a temperature': { options: { temperature: 0.7 } },
  'KL to the base': { options: { temperature: 1.3 }, change: { klToBase: 0.7 } },
  entropy: { options: { entropy: 0.3 } },
  'positions that jump': { gaps: true },
  'responses that begin alike': { alike: true, options: { entropy: 0.1 }, change: { klToBase: 0.4 } },
  'everything at once': {
    gaps: true,
    options: { entropy: 0.1, temperature: 0.9 },
    change: { klToBase: 0.4 },
  },
};

/** Those that a short run checks. */
export const FEW_SETTINGS: readonly string[] = [
  'a tied head',
  'one weight per token',
  'responses that begin alike',
  'everything at once',
];

/** The case in numbers, and what the reference says of it. */
export function prepareCase({ config: partial, options, change, gaps, alike }: Setting) {
  const config = { ...ODD_CONFIG, ...partial };
  const values = shaken(config, 1, 0.3);
  const baseValues = shaken(config, 2, 0.3);
  const weights = inDoubles(config, values);
  const base = inDoubles(config, baseValues);
  const settings = { ...PLAIN_UPDATE, ...options };
  const odd = oddSequences(config, 17, [1, 2, 3, 5, 7], 3);
  const sequences = (alike ? odd.flatMap(grownFrom) : odd).map((sequence) => {
    const next = { ...sequence, ...change };
    if (gaps) next.positions = jumping(sequence);
    if (Array.isArray(next.weight)) next.weight = next.weight.slice(0, next.response.length);
    return next;
  });
  const loss = () => referenceLoss(weights, base, config, sequences, settings);
  return {
    config,
    values,
    baseValues,
    settings,
    sequences,
    want: loss(),
    slopes: slopes(weights, () => loss().loss),
  };
}

/** Six responses: three branches of one, two of which part late, and two that are there twice. */
function grownFrom(sequence: TrainingSequence): TrainingSequence[] {
  const { response } = sequence;
  const half = response.slice(0, Math.ceil(response.length / 2));
  const responses = [response, [...half, 3], [...half, 3, 4, 5], response, [2, ...half], [...half, 3]];
  return responses.map((each, i) => ({ ...sequence, response: each, weight: 0.5 - 0.3 * i }));
}

/** Positions 0, 1, 2, 4, 5, 6, 8 …; the longest sequence stays within the context. */
function jumping({ prompt, response }: TrainingSequence): number[] {
  return [...prompt, ...response].map((_, i) => i + Math.floor(i / 3));
}

/** Initial values far from their start, so that no term of a gradient is negligible. */
export function shaken(config: ReasonerConfig, seed: number, size: number): Float32Array[] {
  const random = new Random(seed);
  return initialValues(config, seed).map((values) =>
    values.map((value) => value + size * (2 * random.unit() - 1)),
  );
}

/** The values as the reference takes them. */
export function inDoubles(config: ReasonerConfig, values: Float32Array[]): ReferenceWeights {
  return new Map(
    [...toHuggingFace(config, values)].map(([name, { values: v }]) => [name, Float64Array.from(v)]),
  );
}

/** For every tensor a random direction of length 1 and the loss's slope along it, by central differences. */
function slopes(weights: ReferenceWeights, loss: () => number) {
  const random = new Random(5);
  const step = 1e-4;
  return new Map(
    [...weights].map(([name, values]) => {
      const direction = Float64Array.from(values, () => random.unit() - 0.5);
      const length = Math.hypot(...direction);
      for (let i = 0; i < direction.length; i++) direction[i] = (direction[i] as number) / length;
      const original = values.slice();
      const at = (t: number) => {
        for (let i = 0; i < values.length; i++)
          values[i] = (original[i] as number) + t * (direction[i] as number);
        return loss();
      };
      const slope = (at(step) - at(-step)) / (2 * step);
      values.set(original);
      return [name, { direction, slope }];
    }),
  );
}

export type ObjectiveCase = ReturnType<typeof prepareCase>;

const prepared = new Map<string, ObjectiveCase>();

/** The case of one of the {@link SETTINGS}, computed once for all backends. */
export function objectiveCase(name: string): ObjectiveCase {
  const objective = prepared.get(name) ?? prepareCase(SETTINGS[name]!);
  prepared.set(name, objective);
  return objective;
}

/** Expects sums over a whole update, and its gradient in the order of the parameters, to be the reference's. */
export function expectObjective(
  { config, sequences, want, slopes: wanted }: ObjectiveCase,
  totals: Omit<UpdateSums, 'gradNorm'>,
  gradient: readonly Float32Array[],
): void {
  const tokens = sequences.reduce((sum, { response }) => sum + response.length, 0);
  expect(totals.loss).toBeCloseTo(want.loss, 4);
  expect(totals.entropy / tokens).toBeCloseTo(want.entropy, 4);
  expect(totals.kl / tokens).toBeCloseTo(want.kl, 4);
  for (const [tensor, { values: g }] of toHuggingFace(config, gradient)) {
    const { direction, slope } = wanted.get(tensor)!;
    const got = g.reduce((sum, value, i) => sum + value * (direction[i] as number), 0);
    expect(Math.abs(got - slope), `${tensor}: ${got}, not ${slope}`).toBeLessThan(1e-4);
  }
}
