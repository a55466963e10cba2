import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exampleTasks } from './examples.ts';
import { buildSuite } from './suites.ts';

const suite = (kind: 'deduction' | 'abduction', tier: number) =>
  buildSuite({ level: 1, kind, tier, count: 3, seed: 1, inductionExamples: 8 });
const tasks = [...suite('abduction', 2), ...suite('deduction', 2), ...suite('deduction', 3)];

test('of every tier one task that can be traced, and none better is passed over', () => {
  const size = { minLength: tasks.length, maxLength: tasks.length };
  const flags = fc.array(fc.boolean(), size);
  const counts = fc.array(fc.record({ correct: fc.nat(1), thinks: fc.nat(1) }), size);
  fc.assert(
    fc.property(counts, flags, (answered, isBaseRight) => {
      const chosen = exampleTasks(tasks, answered, isBaseRight);
      expect(chosen.map((at) => tasks[at]?.tier)).toEqual([2, 3]);
      for (const at of chosen) {
        expect(tasks[at]?.kind).toBe('deduction');
        const ofTier = [3, 4, 5, 6, 7, 8].filter((other) => tasks[other]?.tier === tasks[at]?.tier);
        const wrong = ofTier.filter((other) => !isBaseRight[other]);
        const learned = wrong.filter((other) => answered[other]?.correct && answered[other]?.thinks);
        expect(at).toBe([...learned, ...wrong, ...ofTier][0]);
      }
    }),
  );
});
