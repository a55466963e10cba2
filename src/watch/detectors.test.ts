import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { metricsOf } from '../../test/builders.ts';
import { Detectors } from './detectors.ts';
import type { Detection, DetectorName } from './findings.ts';
import type { StepMetrics } from './metrics/table.ts';
import { WINDOW } from './series.ts';

/** A step of a run in which all is well. */
function healthy(step: number): StepMetrics {
  return metricsOf(step, {
    reward: { 'solve:deduction': 0.4, 'propose:deduction': 0.1, 'solve:abduction': 0.2 },
    solveRate: { deduction: 0.6, abduction: 0.5 },
    solveCounts: [8, 4, 4, 4, 4, 4, 4, 4, 10],
    proposals: 72,
    validRate: 0.75,
    newTasks: 40,
    rejections: { known: 8, format: 4, error: 8, constant: 2, 'held-out': 4 },
    thinkShare: { deduction: 0.5 },
    responseLength: { 'solve:deduction': 18, 'solve:abduction': 40, 'propose:deduction': 24 },
    entropy: 0.25,
    zeroStdGroups: 0.4,
  });
}

type Change = (step: StepMetrics) => Partial<StepMetrics>;

/** How each trouble looks in the metrics, and in nothing else. */
const TROUBLES: Record<DetectorName, Change> = {
  'not a number': () => ({ loss: Number.NaN }),
  'entropy collapse': () => ({ entropy: 0.02 }),
  'entropy rise': ({ entropy }) => ({ entropy: 1.7 * entropy }),
  'zero-std groups': () => ({ zeroStdGroups: 0.97 }),
  'proposer triviality': () => ({ rejections: { known: 50, constant: 10 } }),
  'length explosion': ({ responseLength }) => ({
    responseLength: { ...responseLength, 'solve:abduction': 190 },
  }),
  'vanishing thoughts': () => ({ thinkShare: { deduction: 0.05 } }),
  'validity crash': () => ({ rejections: { format: 50, syntax: 15 } }),
};
const NAMES = Object.keys(TROUBLES) as DetectorName[];

function watch(steps: readonly StepMetrics[]): Detection[] {
  const detectors = new Detectors();
  return steps.flatMap((step) => detectors.take(step));
}

/** A healthy run with trouble in the steps of `when`. */
function run(steps: number, change: Change, when: (step: number) => boolean): StepMetrics[] {
  return Array.from({ length: steps }, (_, i) => {
    const metrics = healthy(i + 1);
    return when(i + 1) ? { ...metrics, ...change(metrics) } : metrics;
  });
}

/** A run is long; a few dozen of them say enough. */
const FEW = { numRuns: 30 };
const noise = fc.double({ min: 0.9, max: 1.1, noNaN: true });

describe('a healthy run', () => {
  test('fires nothing, however long and with some noise on everything', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(noise, noise, noise), { maxLength: 80 }), (wobbles) => {
        const steps = wobbles.map(([p, q, r], i): StepMetrics => {
          const metrics = healthy(i + 1);
          return {
            ...metrics,
            entropy: metrics.entropy * p,
            zeroStdGroups: metrics.zeroStdGroups * q,
            rejections: { ...metrics.rejections, format: Math.round(6 * r), known: Math.round(8 * q) },
            responseLength: { 'solve:deduction': 18 * r, 'solve:abduction': 40 * p },
            reward: { ...metrics.reward, 'solve:deduction': 0.4 * q },
          };
        });
        expect(watch(steps)).toEqual([]);
      }),
      FEW,
    );
  });

  test('may lose half of its entropy and let its thoughts grow while they pay', () => {
    const steps = Array.from({ length: 60 }, (_, i): StepMetrics => {
      const metrics = healthy(i + 1);
      const progress = i / 60;
      return {
        ...metrics,
        entropy: 0.3 * (1 - progress / 2),
        responseLength: { ...metrics.responseLength, 'solve:abduction': 37 + 150 * progress },
        reward: { ...metrics.reward, 'solve:abduction': 0.2 + 0.5 * progress },
      };
    });
    expect(watch(steps)).toEqual([]);
  });

  test('without update, proposer or solver is not blamed for what it does not do', () => {
    const frozen = run(
      30,
      () => ({ entropy: 0, tokensTrained: 0 }),
      (step) => step > 8,
    );
    expect(watch(frozen)).toEqual([]);
    const otherSource = run(
      30,
      () => ({ reward: {}, rejections: { known: 72 } }),
      () => true,
    );
    expect(watch(otherSource)).toEqual([]);
    const supervised = run(
      30,
      () => ({ proposals: 0, rejections: {}, solveCounts: [], solveRate: {}, zeroStdGroups: 0 }),
      () => true,
    );
    expect(watch(supervised)).toEqual([]);
  });
});

describe.each(NAMES)('%s', (name) => {
  test('fires once, alone, within a window of its onset, and says when, what and what helps', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: WINDOW + 1, max: 40 }),
        fc.integer({ min: WINDOW, max: 40 }),
        (at, length) => {
          const detections = watch(run(at + length, TROUBLES[name], (step) => step >= at));
          expect(detections.map((detection) => detection.name)).toEqual([name]);
          const [{ step, sentence, cure }] = detections as [Detection];
          expect(step).toBeGreaterThanOrEqual(at);
          expect(step).toBeLessThan(at + WINDOW);
          if (name !== 'not a number') expect(sentence).toMatch(/\d/);
          expect([sentence, cure]).toEqual([
            expect.stringMatching(/^[A-Z\d].*\.$/),
            expect.stringMatching(/^[A-Z].*\.$/),
          ]);
        },
      ),
      FEW,
    );
  });

  test('fires again only after it has cleared', () => {
    const isIll = (step: number) => (step > 10 && step <= 20) || (step > 40 && step <= 60);
    const detections = watch(run(60, TROUBLES[name], isIll));
    expect(detections.map((detection) => detection.name)).toEqual([name, name]);
    expect(detections[1]?.step).toBeGreaterThan(40);
  });
});

test('new tasks that every attempt solves are trivial, too', () => {
  const steps = run(
    20,
    () => ({ solveCounts: [0, 0, 0, 0, 0, 0, 0, 1, 45] }),
    (step) => step > 6,
  );
  expect(watch(steps)).toMatchObject([
    { name: 'proposer triviality', sentence: expect.stringContaining('solved by every attempt') },
  ]);
});

test('a handful of proposals is too few to judge a proposer by', () => {
  const steps = run(
    20,
    () => ({ proposals: 3, rejections: { known: 3 }, solveCounts: [0, 0, 1] }),
    () => true,
  );
  expect(watch(steps)).toEqual([]);
});

test('the same metrics fire the same', () => {
  const steps = NAMES.flatMap((name, i) =>
    run(20, TROUBLES[name], (step) => step > 10).map((metrics) => ({
      ...metrics,
      step: 20 * i + metrics.step,
    })),
  );
  expect(watch(steps)).toEqual(watch(steps));
  expect(watch(steps).length).toBeGreaterThanOrEqual(NAMES.length);
});

test('responses that shrink to their answers are told only while fewer of them are right', () => {
  const shrunk =
    (solved: number): Change =>
    () => ({
      thinkShare: { abduction: 0.9 },
      responseLength: { 'solve:abduction': 6 },
      solveRate: { abduction: solved },
    });
  const names = (solved: number) =>
    watch(run(20, shrunk(solved), (step) => step > 8)).map(({ name }) => name);
  expect(names(0.3)).toContain('vanishing thoughts');
  expect(names(0.5)).not.toContain('vanishing thoughts');
});
