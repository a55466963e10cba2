/** Laws of looking back: every stage of the step that was shown comes again, in its order, and nothing else does. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Phase } from '../watch/events.ts';
import { canTurn, lookedAt, NOTHING_SHOWN, turned, withStage } from './lookBack.ts';

const STAGES = ['propose', 'verify', 'attempt', 'judge', 'update'] as const satisfies Phase[];
const stage = fc.constantFrom<Phase>(...STAGES).map((name) => ({ stage: name, currentTask: null }));

/** What is kept after a step has shown these stages. */
const after = (step: number, stages: readonly { stage: Phase; currentTask: null }[]) =>
  stages.reduce((lookBack, shown) => withStage(lookBack, step, shown), NOTHING_SHOWN);

test('back to the first stage and on again, one at a time, ends at the run as it is', () => {
  fc.assert(
    fc.property(fc.array(stage, { minLength: 1 }), (stages) => {
      let lookBack = after(3, stages);
      const seen = [];
      while (canTurn(lookBack, -1)) {
        lookBack = turned(lookBack, -1);
        seen.unshift(lookedAt(lookBack));
      }
      expect(seen).toEqual(stages.slice(0, -1));
      while (canTurn(lookBack, 1)) lookBack = turned(lookBack, 1);
      expect(lookBack).toEqual(after(3, stages));
      expect(lookedAt(lookBack)).toBeNull();
    }),
  );
});

test('what is shown meanwhile does not move who looks back; another step does', () => {
  const shown = (name: Phase) => ({ stage: name, currentTask: null });
  const back = turned(after(1, [shown('propose'), shown('verify')]), -1);
  const later = withStage(back, 1, shown('attempt'));
  expect(lookedAt(later)?.stage).toBe('propose');
  expect(canTurn(later, 1)).toBe(true);
  const next = withStage(later, 2, shown('propose'));
  expect(lookedAt(next)).toBeNull();
  expect(canTurn(next, -1)).toBe(false);
});

test('neither seeding nor evaluation can be gone back to', () => {
  expect(after(0, [{ stage: 'propose', currentTask: null }])).toBe(NOTHING_SHOWN);
  expect(after(1, [{ stage: 'evaluate', currentTask: null }])).toBe(NOTHING_SHOWN);
});
