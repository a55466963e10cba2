import { expect, test } from 'vitest';
import type { CurvePoint } from '../watch/metrics/table.ts';
import { answerOf } from './answers.ts';
import { EXPERIMENTS, type Size } from './definitions.ts';
import type { ArmResult, ExperimentResult, Scores } from './results.ts';

/** The same accuracy everywhere. */
function scoresOf(value: number): Scores {
  const tiers = Object.fromEntries([1, 2, 3, 4, 5, 6].map((tier) => [tier, value]));
  return {
    heldOut: { deduction: tiers, abduction: tiers, induction: tiers },
    thinks: {},
    arithmetic: { expression: value },
    classics: { deduction: value },
  };
}

/** An arm that went from 20 % to the values of its seeds, and whose share of thinking goes from 0.2 to `thinks`. */
function armOf(arm: string, ends: readonly number[], size: Size = 'small', thinks = 0.8): ArmResult {
  const pointOf = (step: number): CurvePoint => ({
    step,
    seconds: 1,
    reward: {},
    solveRate: {},
    thinkShare: { deduction: step === 1 ? 0.2 : thinks },
    responseLength: { 'solve:deduction': 10 * step },
    validRate: 0.6,
    newTasks: 1,
    fingerprints: 1,
    entropy: 1,
    klToBase: { propose: 0.01 },
    zeroStdGroups: 0,
    loss: 0,
    trialAndError: 0.1 * step,
  });
  return {
    arm,
    size,
    base: 'a base',
    config: {},
    start: scoresOf(0.2),
    forced: scoresOf(0.4),
    seeds: ends.map((end, i) => ({
      seed: i + 1,
      minutes: 1,
      steps: 2,
      diverged: null,
      curve: [pointOf(1), pointOf(2)],
      end: scoresOf(end),
      detections: [],
    })),
  };
}

function resultOf(name: string, arms: ArmResult[]): ExperimentResult {
  const budget = { level: 1 as const, steps: 2, seeds: [1, 2], tasks: 100 };
  return { name, command: '', hardware: '', backend: '', created: '', minutes: 1, budget, arms };
}

const answer = (name: string, arms: ArmResult[], others: ExperimentResult[] = []) =>
  answerOf(resultOf(name, arms), others);

test('every experiment has an answer of one sentence, whatever was run of it', () => {
  for (const { name, arms } of EXPERIMENTS) {
    const whole = answer(
      name,
      arms.map((arm) => armOf(arm.name, [0.5, 0.52])),
      [resultOf('main', [armOf('full', [0.5])])],
    );
    expect(whole).toMatch(/^[A-Z“].*\.$/);
    expect(whole).not.toMatch(/null|undefined|NaN/);
    for (const part of [[], [armOf('full', [])], [armOf('full', [0.5])]]) {
      expect(answer(name, part)).toMatch(/\.$/);
      expect(answer(name, part)).not.toMatch(/null|undefined|NaN/);
    }
  }
});

test('a gain is one that exceeds what the seeds vary', () => {
  expect(answer('main', [armOf('full', [0.5, 0.52])])).toBe(
    'Yes: small goes from 20.0 to 51.0 ± 1.4 % mean accuracy (its base, untrained but forced to think: 40.0 %).',
  );
  expect(answer('main', [armOf('full', [0.1, 0.4])])).toMatch(/^Not surely: /);
});

test('sizes are compared by their gains', () => {
  const gains = (...ends: number[]) =>
    answer(
      'scaling',
      ends.map((end, i) => armOf('full', [end], (['nano', 'small', 'medium'] as const)[i])),
    );
  expect(gains(0.3, 0.4, 0.5)).toBe(
    'Yes: mean accuracy gains +10.0 points at nano, +20.0 points at small and +30.0 points at medium.',
  );
  expect(gains(0.3, 0.5, 0.4)).toMatch(/^Not always: /);
  expect(gains(0.5, 0.4, 0.3)).toMatch(/^No: /);
});

test('only a distance that exceeds what the seeds vary counts', () => {
  const arms = [
    armOf('full', [0.5, 0.52]),
    armOf('deduction-only', [0.4, 0.42]),
    armOf('solver-only', [0.49, 0.53]),
  ];
  expect(answer('ablations', arms)).toBe(
    'At small “Deduction only” (−10.0 points) ends clearly behind the full method; “Solver only” (+0.0 points) differs from it by no more than the seeds vary.',
  );
  const level = answer('controls', [armOf('full', [0.5, 0.52]), armOf('random-proposer', [0.5, 0.52])]);
  expect(level).toMatch(/^Other verified tasks do as well: .*“Random proposer” \(\+0\.0\)/);
  const behind = answer('controls', [armOf('full', [0.5, 0.52]), armOf('random-proposer', [0.3, 0.32])]);
  expect(behind).toMatch(/^It is self-play: /);
  const nothing = answer('controls', [armOf('full', [0.2, 0.2]), armOf('random-proposer', [0.2, 0.2])]);
  expect(nothing).toBe(
    'Nothing is shown: at small the lead of self-play over the frozen base (+0.0 points) and “Random proposer” (+0.0) is smaller than the seeds vary.',
  );
});

test('more steps are compared with the shorter run', () => {
  const shorter = [resultOf('main', [armOf('full', [0.5, 0.52])])];
  expect(answer('long', [armOf('full', [0.5, 0.52])], shorter)).toMatch(/^Nothing that could be measured: /);
  expect(answer('long', [armOf('full', [0.7, 0.72])], shorter)).toMatch(/^A gain: /);
});

test('thoughts vanish when fewer than a third of them are left', () => {
  const arms = (left: number) => [
    armOf('full', [0.5, 0.52], 'nano', 0.9),
    armOf('hot', [0.2], 'nano', left),
    armOf('cure-entropy', [0.21], 'nano', left),
  ];
  expect(answer('cures', arms(0.1))).toMatch(/the thoughts vanish \(10 % .*“entropy bonus”, does not help/);
  expect(answer('cures', arms(0.8))).toMatch(/the thoughts stay/);
});
