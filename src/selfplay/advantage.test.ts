import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advantages } from './advantage.ts';
import { mean } from './rewards.ts';

describe('advantages', () => {
  const rewards = fc.array(fc.array(fc.constantFrom(-1, -0.5, 1), { minLength: 1, maxLength: 8 }), {
    minLength: 1,
    maxLength: 12,
  });

  test('sum to zero over what shares a baseline', () => {
    fc.assert(
      fc.property(rewards, (groups) => {
        for (const group of advantages(groups, 'per-task')) expect(mean(group)).toBeCloseTo(0, 9);
        expect(mean(advantages(groups, 'trr++').flat())).toBeCloseTo(0, 9);
      }),
    );
  });

  test('of TRR++ have deviation one', () => {
    fc.assert(
      fc.property(rewards, (groups) => {
        fc.pre(new Set(groups.flat()).size > 1);
        const values = advantages(groups, 'trr++').flat();
        expect(mean(values.map((value) => value * value))).toBeCloseTo(1, 9);
      }),
    );
  });

  test('keep the order of rewards within a task', () => {
    fc.assert(
      fc.property(rewards, fc.constantFrom('per-task' as const, 'trr++' as const), (groups, baseline) => {
        for (const [i, values] of advantages(groups, baseline).entries()) {
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
              advantages(equal, baseline)
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
        'per-task',
      )[0],
    ).toEqual([0, 0, 0]);
  });
});
