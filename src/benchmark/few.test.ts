import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fewTasks } from './few.ts';
import { tasksOf } from './shipped.ts';

const SIZE = 12;
const TASKS = tasksOf({
  level: 1,
  inductionExamples: 6,
  maxSolveTokens: 64,
  kinds: ['deduction', 'abduction'],
  tiers: 2,
  tasks: SIZE,
});
const SUITES = TASKS.length / SIZE;
const flags = fc.array(fc.boolean(), { minLength: TASKS.length, maxLength: TASKS.length });
const outcomes = fc.record({ isRight: flags, isForcedRight: flags });
const suiteOf = (at: number) => Math.floor(at / SIZE);

test('so many of every suite, in the order of the tasks, and the same again', () => {
  fc.assert(
    fc.property(outcomes, fc.integer({ min: 1, max: 2 * SIZE }), (base, count) => {
      const few = fewTasks(TASKS, base, count);
      expect(few).toEqual([...new Set(few)].toSorted((a, b) => a - b));
      for (let suite = 0; suite < SUITES; suite++) {
        expect(few.filter((at) => suiteOf(at) === suite)).toHaveLength(Math.min(count, SIZE));
      }
      expect(fewTasks(TASKS, base, count)).toEqual(few);
    }),
  );
});

test('the base does on them as it does on all, but for one task of a suite', () => {
  fc.assert(
    fc.property(outcomes, fc.integer({ min: 1, max: SIZE }), (base, count) => {
      const few = fewTasks(TASKS, base, count);
      for (let suite = 0; suite < SUITES; suite++) {
        const own = few.filter((at) => suiteOf(at) === suite);
        const share = own.filter((at) => base.isRight[at]).length;
        const whole = base.isRight.slice(suite * SIZE, (suite + 1) * SIZE).filter(Boolean).length;
        expect(Math.abs(share - (count * whole) / SIZE)).toBeLessThan(1);
      }
    }),
  );
});
