import fc from 'fast-check';
import { expect, it } from 'vitest';
import { roomBetweenGuards } from '../../../../test/reasoner/wasm.ts';
import { largestDifference } from '../../../../test/reasoner/weights.ts';
import { scaled } from '../../../../test/scale.ts';
import { Random } from '../../../random.ts';
import { Heap } from '../../wasm/heap.ts';

const heap = await Heap.open();
const runs = { numRuns: scaled(500, 60) };

const cases = fc.record({
  n: fc.integer({ min: 0, max: 4 }),
  vocabulary: fc.integer({ min: 1, max: 41 }),
  temperature: fc.constantFrom(0.7, 1, 1.3),
  entropyBonus: fc.constantFrom(0, 0.2),
  hasBase: fc.boolean(),
  /** How far logits go; beyond 87 some probabilities are 0 in single precision. */
  size: fc.constantFrom(1, 5, 120),
  seed: fc.nat(),
});

/** An error of log p grows with the logits, and is multiplied with gaps between them. */
function tolerance(size: number): number {
  return 4e-6 + 4e-7 * size ** 2;
}

function logSoftmax(logits: Float32Array, temperature: number): number[] {
  const scaledLogits = Array.from(logits, (z) => z / temperature);
  const top = Math.max(...scaledLogits);
  const total = scaledLogits.reduce((sum, z) => sum + Math.exp(z - top), 0);
  return scaledLogits.map((z) => z - top - Math.log(total));
}

/** Loss, entropy and KL of one position (see `loss.ts`), in double precision. */
function objective(
  logp: readonly number[],
  logb: readonly number[] | null,
  target: number,
  weight: number,
  beta: number,
  bonus: number,
) {
  const mean = (f: (i: number) => number) => logp.reduce((sum, lp, i) => sum + Math.exp(lp) * f(i), 0);
  const entropy = -mean((i) => logp[i]!);
  const kl = logb && beta > 0 ? mean((i) => logp[i]! - logb[i]!) : 0;
  const loss = -weight * logp[target]! + (kl === 0 ? 0 : beta * kl) - bonus * entropy;
  const gradient = logp.map((lp, i) => {
    const pull = weight + bonus * (lp + entropy) + (logb && beta > 0 ? beta * (lp - logb[i]! - kl) : 0);
    return Math.exp(lp) * pull - (i === target ? weight : 0);
  });
  return { loss, entropy, kl, gradient };
}

it('is the objective of as many tokens as a position stands for, and its gradient', () => {
  fc.assert(
    fc.property(cases, ({ n, vocabulary, temperature, entropyBonus, hasBase, size, seed }) => {
      const random = new Random(seed);
      const numbers = (count: number, most: number) =>
        Float32Array.from({ length: count }, () => most * (2 * random.unit() - 1));
      const [logits, base] = [numbers(n * vocabulary, size), numbers(n * vocabulary, size)];
      const [weights, counts] = [numbers(n, 2), new Float32Array(n).map(() => random.pick([0, 1, 1, 3]))];
      const betas = new Float32Array(n).map(() => (random.chance(0.5) ? 0.5 : 0));
      const targets = new Int32Array(n).map(() => random.integer(0, vocabulary - 1));
      const share = 0.3;
      const totals = [0, 0, 0];
      const want = new Float64Array(n * vocabulary);
      for (let t = 0; t < n; t++) {
        if (counts[t] === 0) continue;
        const row = (list: Float32Array) =>
          logSoftmax(list.subarray(t * vocabulary, (t + 1) * vocabulary), temperature);
        const result = objective(
          row(logits),
          hasBase ? row(base) : null,
          targets[t]!,
          weights[t]!,
          betas[t]!,
          counts[t]! * entropyBonus,
        );
        const { loss, entropy, kl } = result;
        for (const [i, value] of [loss, counts[t]! * entropy, counts[t]! * kl].entries()) totals[i]! += value;
        want.set(
          result.gradient.map((slope) => slope * share),
          t * vocabulary,
        );
      }
      heap.scoped(() => {
        const sums = heap.room(6);
        const gradient = roomBetweenGuards(heap, n * vocabulary);
        const [z, b] = [heap.put(logits), hasBase ? heap.put(base) : 0];
        const columns = [heap.put(targets), heap.put(counts), heap.put(weights), heap.put(betas)];
        const [t, bonus] = [1 / temperature, entropyBonus];
        heap.run.policyLoss(z, b, gradient.at, ...columns, sums, n, vocabulary, t, share, bonus);
        expect(largestDifference(heap.doubles(sums, 3), totals)).toBeLessThan(tolerance(size));
        expect(largestDifference(gradient.numbers(), want)).toBeLessThan(tolerance(size));
        gradient.expectGuards();
      });
    }),
    runs,
  );
});

it('gives log-probabilities of targets and the KL to the base', () => {
  fc.assert(
    fc.property(cases, ({ n, vocabulary, temperature, size, seed }) => {
      const random = new Random(seed);
      const logits = Float32Array.from({ length: n * vocabulary }, () => size * (2 * random.unit() - 1));
      const base = Float32Array.from(logits, (z) => z + random.unit());
      const targets = new Int32Array(n).map(() => random.integer(0, vocabulary - 1));
      const rows = Array.from(targets, (_, t) => {
        const row = (list: Float32Array) =>
          logSoftmax(list.subarray(t * vocabulary, (t + 1) * vocabulary), temperature);
        return { logp: row(logits), logb: row(base) };
      });
      heap.scoped(() => {
        const [logprobs, kl] = [roomBetweenGuards(heap, n), roomBetweenGuards(heap, n)];
        const [z, b, t] = [heap.put(logits), heap.put(base), 1 / temperature];
        heap.run.targetLogprobs(z, heap.put(targets), logprobs.at, n, vocabulary, t);
        heap.run.klToBase(z, b, kl.at, n, vocabulary, t);
        const wanted = rows.map(({ logp }, i) => logp[targets[i]!]!);
        expect(largestDifference(logprobs.numbers(), wanted)).toBeLessThan(tolerance(size));
        const kls = rows.map(({ logp, logb }) => objective(logp, logb, 0, 0, 1, 0).kl);
        expect(largestDifference(kl.numbers(), kls)).toBeLessThan(tolerance(size));
        for (const room of [logprobs, kl]) room.expectGuards();
      });
    }),
    runs,
  );
});
