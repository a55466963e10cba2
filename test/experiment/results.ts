/** Results made up for tests: every experiment, every arm, numbers that can be checked by hand. */
import { EXPERIMENTS, type Size } from '../../src/experiments/definitions.ts';
import type { ArmResult, ExperimentResult, Scores } from '../../src/experiments/results.ts';
import { KINDS } from '../../src/tasks/task.ts';
import type { CurvePoint } from '../../src/watch/metrics/table.ts';

/** The same accuracy at all tiers of each kind. */
export function scoresOf(deduction: number, abduction: number, induction: number, arithmetic = 0.5): Scores {
  const tiers = (value: number) => Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8].map((tier) => [tier, value]));
  return {
    heldOut: {
      deduction: tiers(deduction),
      abduction: tiers(abduction),
      induction: tiers(induction),
    },
    thinks: { deduction: 1, abduction: 1, induction: 0 },
    arithmetic: { expression: arithmetic, 'long expression': arithmetic },
    classics: { deduction: 0.25 },
    longClassics: { deduction: 0.25 },
  };
}

export function armOf(arm: string, size: Size, ends: readonly Scores[]): ArmResult {
  return {
    arm,
    size,
    base: `${size}-1`,
    config: {},
    start: scoresOf(0.2, 0.3, 0.1),
    forced: scoresOf(0.9, 0.2, 0.1),
    seeds: ends.map((end, i) => ({
      seed: i + 1,
      minutes: 10,
      steps: 2,
      diverged: null,
      curve: [pointOf(1), pointOf(2)],
      end,
      detections: [],
      examples: KINDS.map((kind) => ({
        kind,
        tier: 2,
        question: `a question of ${kind}`,
        expected: '1',
        before: { response: '<ans>0<eos>', verdict: 'wrong' },
        after: { response: '<think>…<ans>1<eos>', verdict: 'correct' },
      })),
    })),
  };
}

export function resultOf(name: string, arms: ArmResult[]): ExperimentResult {
  return {
    name,
    command: `npm run experiment -- ${name} --steps 2`,
    hardware: '2 × a processor',
    backend: 'wasm, WebAssembly (1 thread)',
    created: '2025-01-31',
    minutes: 90,
    budget: { level: 1, steps: 2, seeds: [1, 2], tasks: 200 },
    arms,
  };
}

/** Arms that end better than the others. */
const GAINING = ['full', 'no-deduction'];

/** Every arm of every experiment at `small`. */
export function allResults(): ExperimentResult[] {
  return EXPERIMENTS.map(({ name, arms }) =>
    resultOf(
      name,
      arms.map((arm) =>
        armOf(
          arm.name,
          'small',
          GAINING.includes(arm.name)
            ? [scoresOf(0.95, 0.45, 0.25, 0.62), scoresOf(0.97, 0.45, 0.25, 0.62)]
            : [scoresOf(0.5, 0.3, 0.1), scoresOf(0.5, 0.3, 0.1)],
        ),
      ),
    ),
  );
}

function pointOf(step: number): CurvePoint {
  return {
    step,
    seconds: 5 * step,
    reward: {},
    solveRate: {},
    thinkShare: { deduction: 0.3 * step, abduction: 0.2, induction: 0 },
    responseLength: { 'solve:deduction': 10 * step },
    validRate: 0.5,
    newTasks: 7,
    fingerprints: 40 * step,
    entropy: 1,
    klToBase: { propose: 0.01, solve: 0.02 },
    zeroStdGroups: 0.4,
    loss: 0,
    trialAndError: 0.1 * step,
    heldOut: { deduction: { 2: 0.2, 3: 0.3, 4: 0.4 } },
  };
}
