import fc from 'fast-check';
import { expect, test } from 'vitest';
import { metricsOf } from '../../../test/builders.ts';
import { linesOfTier, TIERS } from '../../language/grammar.ts';
import { MetricColumns } from '../../run/columns.ts';
import type { StepMetrics } from '../../watch/metrics/table.ts';
import { linesText, rungsOf } from './rungs.ts';

const BASE = {
  name: 'small',
  scores: { deduction: { '1': 0.9, '2': 0.8, '3': 0.5, '4': 0.4, '5': 0.2 } },
  forced: { deduction: { '1': 1, '2': 1, '3': 0.9, '4': 0.9, '5': 0.3 } },
  thinks: {},
  from: 'shipped',
} as const;

function rungs(steps: readonly Partial<StepMetrics>[], tiers = 5, lastShown = 4) {
  const columns = new MetricColumns();
  steps.forEach((over, at) => {
    columns.append(metricsOf(at + 1, over));
  });
  return rungsOf(columns, columns.steps, BASE, tiers, lastShown, 10);
}

test('a rung has its lines, its accuracy from the base on, and the base forced to think beside it', () => {
  const heldOut = { deduction: { '5': 0.6 } };
  const [first, , , fourth, fifth] = rungs([{}, { heldOut }]);
  expect(first).toMatchObject({ tier: 1, lines: '0–1', isBeyondWarmUp: false, latest: 0.9 });
  expect(fourth?.isBeyondWarmUp).toBe(false);
  expect(fifth).toMatchObject({
    lines: '7–8',
    isBeyondWarmUp: true,
    x: [0, 2, 10],
    accuracy: [0.2, 0.6, null],
    latest: 0.6,
    baseline: 0.2,
    ceiling: 0.3,
    newTasksNow: null,
  });
});

test('what is beyond the base depends on what it was shown', () => {
  expect(rungs([{}], 5, 3).map(({ isBeyondWarmUp }) => isBeyondWarmUp)).toEqual([
    false,
    false,
    false,
    true,
    true,
  ]);
});

test('new tasks stand on the rung of their length, a share of all of their step', () => {
  const made = rungs([{ newTaskLines: { 0: 1, 1: 1, 2: 2 } }, {}, { newTaskLines: { 8: 3, 3: 1 } }]);
  expect(made.map(({ newTasks }) => newTasks.map(({ share }) => share))).toEqual([
    [0.5, 0],
    [0.5, 0],
    [0, 0.25],
    [0, 0],
    [0, 0.75],
  ]);
  expect(made[4]?.newTasks).toEqual([
    { from: 0, to: 1, share: 0 },
    { from: 2, to: 3, share: 0.75 },
  ]);
});

test('tasks that are longer than what is measured have rungs without accuracy', () => {
  const made = rungs([{ newTaskLines: { 10: 1, 99: 1 } }], 4);
  expect(made.slice(0, 6).map(({ lines }) => lines)).toEqual(['0–1', '1–2', '3–4', '5–6', '7–8', '9–10']);
  expect(made.map(({ tier }) => tier)).toEqual([...TIERS, TIERS.length + 1]);
  expect(made.at(-1)).toMatchObject({ latest: null, newTasksNow: 0.5 });
});

test('every new task stands on one rung, however many steps there are', () => {
  const steps = fc.array(fc.dictionary(fc.nat(20).map(String), fc.integer({ min: 1, max: 9 })), {
    minLength: 1,
    maxLength: 200,
  });
  fc.assert(
    fc.property(steps, (lines) => {
      const made = rungs(lines.map((newTaskLines) => ({ newTaskLines })));
      const bins = made[0]?.newTasks.length ?? 0;
      expect(bins).toBeLessThanOrEqual(60);
      for (let bin = 0; bin < bins; bin++) {
        const sum = made.reduce((total, { newTasks }) => total + (newTasks[bin]?.share ?? 0), 0);
        expect(sum).toBeCloseTo(1);
      }
    }),
    { numRuns: 50 },
  );
});

test('lengths are named as the grammar has them', () => {
  const longest = linesOfTier(TIERS.length)[1];
  expect([1, 6, TIERS.length + 1].map(linesText)).toEqual(['0–1', '9–10', `${longest + 1}+`]);
});
