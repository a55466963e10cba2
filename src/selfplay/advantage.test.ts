import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advantages, MovingAverages } from './advantage.ts';
import { mean } from './rewards.ts';

describe('advantages', () => {
  const rewards = fc.array(fc.array(fc.constantFrom(-1, -0.5, 1), { minLength: 1, maxLength: 8 }), {
    minLength: 1,
    maxLength: 12,
  });
  const options = (baseline: 'per-task' | 'trr++', scale = true) => ({ baseline, scale });

  test('sum to zero over what shares a baseline', () => {
    fc.assert(
      fc.property(rewards, fc.boolean(), (groups, scale) => {
        for (const group of advantages(groups, options('per-task', scale)))
          expect(mean(group)).toBeCloseTo(0, 9);
        expect(mean(advantages(groups, options('trr++', scale)).flat())).toBeCloseTo(0, 9);
      }),
    );
  });

  test('of TRR++ have deviation one', () => {
    fc.assert(
      fc.property(rewards, (groups) => {
        fc.pre(new Set(groups.flat()).size > 1);
        const values = advantages(groups, options('trr++')).flat();
        expect(mean(values.map((value) => value * value))).toBeCloseTo(1, 9);
      }),
    );
  });

  test('keep the order of rewards within a task', () => {
    fc.assert(
      fc.property(rewards, fc.constantFrom('per-task' as const, 'trr++' as const), (groups, baseline) => {
        for (const [i, values] of advantages(groups, options(baseline)).entries()) {
          for (const [j, value] of values.entries()) {
            for (const [k, other] of values.entries()) {
              if (groups[i]![j]! > groups[i]![k]!) expect(value).toBeGreaterThan(other);
            }
          }
        }
      }),
    );
  });

  test('of equal rewards are exactly zero, never noise', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 9 }),
        (reward, n) => {
          const equal = [new Array<number>(n).fill(reward), new Array<number>(n).fill(reward)];
          for (const baseline of ['per-task', 'trr++'] as const) {
            expect(
              advantages(equal, options(baseline))
                .flat()
                .every((value) => value === 0),
            ).toBe(true);
          }
        },
      ),
    );
    // A task without differences stays silent beside tasks that have them.
    expect(
      advantages(
        [
          [0.1, 0.1, 0.1],
          [1, -0.5],
        ],
        options('per-task'),
      )[0],
    ).toEqual([0, 0, 0]);
  });
});

describe('baselines that differ from the usual ones', () => {
  const rewards = fc.array(
    fc.array(fc.record({ reward: fc.constantFrom(-1, -0.5, 1), length: fc.integer({ min: 1, max: 99 }) }), {
      minLength: 1,
      maxLength: 6,
    }),
    { minLength: 1, maxLength: 8 },
  );
  const key = 'solve:deduction';

  test('by token, a response counts by its length', () => {
    fc.assert(
      fc.property(rewards, fc.constantFrom('per-task' as const, 'trr++' as const), (groups, baseline) => {
        const values = groups.map((group) => group.map(({ reward }) => reward));
        const lengths = groups.map((group) => group.map(({ length }) => length));
        const weighted = advantages(values, { baseline, scale: false, lengths });
        // The same as if every token were a response with the reward of its own.
        const expanded = groups.map((g) => g.flatMap((r) => new Array<number>(r.length).fill(r.reward)));
        const tokens = advantages(expanded, { baseline, scale: false });
        for (const [i, group] of groups.entries()) {
          let at = 0;
          for (const [j, { length }] of group.entries()) {
            expect(weighted[i]?.[j]).toBeCloseTo(tokens[i]?.[at] as number, 9);
            at += length;
          }
        }
        const equal = lengths.map((group) => group.map(() => 7));
        expect(advantages(values, { baseline, scale: true, lengths: equal }).flat()).toEqual(
          advantages(values, { baseline, scale: true })
            .flat()
            .map((value) => expect.closeTo(value, 9)),
        );
      }),
    );
  });

  test('a moving average begins as TRR++ and then remembers', () => {
    const averages = new MovingAverages(0.9);
    const step = (batch: number[], scale = false) =>
      advantages([batch], { baseline: 'moving-average', scale, average: { averages, key } })[0];
    expect(step([1, 0])).toEqual([0.5, -0.5]);
    // 0.9 · 0.5 + 0.1 · 1 = 0.55: equal rewards that are better than usual are good news.
    expect(step([1, 1])).toEqual([expect.closeTo(0.45), expect.closeTo(0.45)]);
    expect(step([])).toEqual([]);
    expect(averages.follow(key, 0.55, 0).mean).toBeCloseTo(0.55);
  });

  test('a moving average without memory is TRR++, and roles do not share it', () => {
    fc.assert(
      fc.property(rewards, rewards, (first, second) => {
        const averages = new MovingAverages(0);
        for (const groups of [first, second]) {
          const values = groups.map((group) => group.map(({ reward }) => reward));
          expect(
            advantages(values, {
              baseline: 'moving-average',
              scale: true,
              average: { averages, key },
            }),
          ).toEqual(advantages(values, { baseline: 'trr++', scale: true }));
        }
        expect(averages.follow('propose:deduction', 9, 1)).toEqual({ mean: 9, variance: 1 });
      }),
    );
  });

  test('scaling by the running deviation never blows up a batch without differences', () => {
    const averages = new MovingAverages(0.95);
    const options = { baseline: 'moving-average', scale: true, average: { averages, key } } as const;
    expect(advantages([[1, 1, 1]], options)).toEqual([[0, 0, 0]]);
    advantages([[1, -1, 1, -1]], options);
    for (const value of advantages([[0.01, 0.01]], options).flat()) expect(Math.abs(value)).toBeLessThan(5);
  });
});
