import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exampleTasks } from './examples.ts';
import { buildSuite } from './suites.ts';

const suite = (kind: 'deduction' | 'abduction', tier: number) =>
  buildSuite({ level: 1, kind, tier, count: 3, seed: 1, inductionExamples: 8 });
const tasks = [...suite('abduction', 2), ...suite('deduction', 2), ...suite('deduction', 3)];

test('of every tier one task that can be traced, and none better is passed over', () => {
  const flags = fc.array(fc.boolean(), { minLength: tasks.length, maxLength: tasks.length });
  fc.assert(
    fc.property(flags, flags, (isRight, isBaseRight) => {
      const chosen = exampleTasks(tasks, isRight, isBaseRight);
      expect(chosen.map((at) => tasks[at]?.tier)).toEqual([2, 3]);
      for (const at of chosen) {
        expect(tasks[at]?.kind).toBe('deduction');
        const ofTier = [3, 4, 5, 6, 7, 8].filter((other) => tasks[other]?.tier === tasks[at]?.tier);
        const wrong = ofTier.filter((other) => !isBaseRight[other]);
        const learned = wrong.filter((other) => isRight[other]);
        expect(at).toBe([...learned, ...wrong, ...ofTier][0]);
      }
    }),
  );
});
