import { expect, test } from 'vitest';
import type { CurvePoint } from '../watch/metrics/table.ts';
import { answerOf } from './answers.ts';
import { EXPERIMENTS, type Size } from './definitions.ts';
import type { ArmResult, ExperimentResult, Scores } from './results.ts';

/** The same accuracy everywhere. */
function scoresOf(value: number): Scores {
  const tiers = Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8].map((tier) => [tier, value]));
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

const answer = (name: string, arms: ArmResult[]) => answerOf(resultOf(name, arms));

test('every experiment has an answer of one sentence, whatever was run of it', () => {
  for (const { name, arms } of EXPERIMENTS) {
    const whole = answer(
      name,
      arms.map((arm) => armOf(arm.name, [0.5, 0.52])),
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
  expect(answer('climb', [armOf('full', [0.2, 0.7])])).toMatch(/^Not surely: /);
});

test('the climb is told length by length, and who is left behind by more than the seeds vary', () => {
  const arms = [
    armOf('full', [0.5, 0.52]),
    armOf('no-composition', [0.4, 0.42]),
    armOf('solver-only', [0.49, 0.53]),
    armOf('supervised-all', [0.8, 0.8]),
  ];
  expect(answer('climb', arms.slice(0, 1))).toBe(
    'Yes: small, whose base was shown 6 lines at most, goes from 40.0 to 51.0 ± 1.4 % at 7–8 lines, from 40.0 to 51.0 ± 1.4 % at 9–10 lines and from 40.0 to 51.0 ± 1.4 % at 11–14 lines (its base forced to think, and after self-play).',
  );
  expect(answer('climb-parts', arms)).toBe(
    'The full method gains +31.0 ± 1.4 points at 7 to 10 lines in 2 steps; behind it ends “No composition” (−10.0 points at 7 to 10 lines); within the spread of the seeds is “Solver only” (+0.0 points at 7 to 10 lines); ahead is “Supervised, all lengths” (+29.0 points at 7 to 10 lines).',
  );
});

test('sizes and bases are told one by one, kinds from the better mode of the base', () => {
  const sizes = [armOf('full', [0.5], 'nano'), armOf('full', [0.6])];
  expect(answer('climb-sizes', sizes)).toMatch(/: nano from 40.0 to 50.0 % and small from 40.0 to 60.0 %\.$/);
  expect(answer('climb-bases', [armOf('from-shipped', [0.5])])).toMatch(
    /: “From the base that thinks at times” from 40.0/,
  );
  const alone = { ...armOf('no-deduction', [0.6]), config: { deduction: false, induction: false } };
  expect(answer('climb-kinds', [armOf('full', [0.5]), alone])).toMatch(
    /better mode: .*, abduction from 40.0 to 50.0 % \(“All three kinds”\), .* and abduction from 40.0 to 60.0 % \(“Abduction and induction alone”\)\.$/,
  );
});
