import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { metricsOf } from '../../../test/builders.ts';
import { CAUSES, type Cause } from '../../benchmark/errors.ts';
import { DEFAULTS } from '../../config/hyperparameters.ts';
import { presetConfig } from '../../config/presets.ts';
import type { ArmResult, ExperimentResult } from '../../experiments/results.ts';
import { MetricColumns } from '../../run/columns.ts';
import type { CurvePoint } from '../../watch/metrics/table.ts';
import { closestPreset } from './arms.ts';
import { checkIndex, checkResult } from './checks.ts';
import { alignCurves, armCurves, type Curve, type Found, pinsOn } from './curves.ts';
import { configDifferences } from './differences.ts';
import { accuracy, measureNamed } from './measures.ts';
import { pacedBy, placedOn } from './positions.ts';
import { RunFileError, readRunFiles } from './runFiles.ts';

const tiers = (value: number) => ({ '2': value, '3': value, '4': value });
const scores = (value: number) => ({
  deduction: tiers(value),
  abduction: tiers(value),
  induction: tiers(value),
});
const point = (step: number, over: Partial<CurvePoint> = {}): CurvePoint => ({
  step,
  seconds: step,
  reward: {},
  solveRate: {},
  thinkShare: {},
  responseLength: {},
  validRate: 0.5,
  newTasks: 1,
  fingerprints: 1,
  entropy: 1,
  klToBase: { propose: 0.01, solve: 0.02 },
  zeroStdGroups: 0,
  loss: 0,
  ...over,
});
const arm = (curves: CurvePoint[][]): ArmResult => ({
  arm: 'full',
  size: 'nano',
  base: 'nano',
  config: {},
  start: { heldOut: scores(0.2), thinks: {} },
  forced: { heldOut: scores(0.6), thinks: {} },
  seeds: curves.map((curve, i) => ({
    seed: i + 1,
    minutes: 1,
    steps: curve.length,
    diverged: null,
    curve,
    end: null,
    detections: [],
  })),
});

describe('findings of the detectors', () => {
  const found = (name: Found['detection']['name'], step: number): Found => ({
    run: 'full, seed 1',
    detection: { name, step, sentence: 'Seen.', cure: 'Do this.' },
  });
  const all = [
    found('validity crash', 30),
    found('entropy collapse', 10),
    found('zero-std groups', 11),
    found('proposer triviality', 40),
    found('length explosion', 45),
    found('not a number', 48),
  ];

  test('are all pinned on held-out accuracy, and each on what it speaks of', () => {
    expect(pinsOn(measureNamed('held-out'), all, 50).map(({ x }) => x)).toEqual([10, 11, 30, 40, 45, 48]);
    for (const [id, steps] of [
      ['entropy', [10, 48]],
      ['zeroStdGroups', [11]],
      ['newTasks', [40]],
      ['responseLength-abduction', [45]],
      ['validRate', [30]],
    ] as const) {
      expect(pinsOn(measureNamed(id), all, 50).map(({ x }) => x)).toEqual(steps);
    }
  });

  test('stand above one another where they would cover each other', () => {
    const levels = pinsOn(measureNamed('held-out'), all, 50).map(({ level }) => level);
    expect(levels).toEqual([0, 1, 0, 0, 0, 0]);
  });
});

describe('curves of an arm', () => {
  const heldOut = measureNamed('held-out');

  test('begin at the base and take the mean and the extent of the seeds', () => {
    const { mean, low, high } = armCurves(
      arm([
        [point(1), point(2, { heldOut: scores(0.4) })],
        [point(1), point(2, { heldOut: scores(0.8) })],
      ]),
      heldOut,
    );
    expect(mean.x).toEqual([0, 2]);
    expect(mean.values[0]).toBeCloseTo(0.2);
    expect(mean.values[1]).toBeCloseTo(0.6);
    expect(low.values[1]).toBeCloseTo(0.4);
    expect(high.values[1]).toBeCloseTo(0.8);
  });

  test('of what the base has no figure for begin at the first step; a seed that ended early leaves the others', () => {
    const entropies = armCurves(
      arm([[point(1, { entropy: 2 })], [point(1), point(2)]]),
      measureNamed('entropy'),
    );
    expect(entropies.mean).toEqual({ x: [1, 2], values: [1.5, 1] });
  });

  test('of new tasks have their mean length, of errors a curve a cause', () => {
    const columns = new MetricColumns();
    const none = Object.fromEntries(CAUSES.map((cause) => [cause, 0])) as Record<Cause, number>;
    const over = { newTaskLines: { 2: 3, 10: 1 }, heldOutErrors: { ...none, line: 0.25 } };
    columns.append(metricsOf(1, over));
    const rows: [string, number][] = [
      ['newTaskLines', 4],
      ['heldOutErrors-line', 0.25],
    ];
    for (const [id, value] of rows) {
      const measure = measureNamed(id);
      expect(measure.of(point(1, over))).toBe(value);
      expect(measure.ofColumns?.(columns, 0)).toBe(value);
      expect(measure.of(point(1))).toBeNull();
    }
  });

  test('that were never measured are none, not the base alone', () => {
    expect(armCurves(arm([[point(1), point(2)]]), heldOut).mean).toEqual({ x: [], values: [] });
  });

  test('a kind that was not measured gives no mean of the kinds', () => {
    expect(accuracy({ deduction: tiers(1) }, ['deduction', 'induction'])).toBeNull();
    expect(accuracy({ deduction: tiers(1), induction: tiers(0) }, ['deduction', 'induction'])).toBe(0.5);
  });
});

describe('steps on another axis', () => {
  const curve: Curve = { x: [0, 1, 2, 3], values: [1, 2, 3, 4] };
  const run = (seconds: number[], tokensTrained?: number) =>
    pacedBy(seconds.map((second, i) => ({ step: i + 1, seconds: second, tokensTrained })));

  test('lie where they do in the seeds on the average, and never behind those before', () => {
    // The slow one ends after its second step.
    const seeds = [run([60, 120, 180], 10), run([180, 360], 30)];
    expect(placedOn('minutes', curve, seeds)).toEqual({ ...curve, x: [0, 2, 4, 5] });
    expect(placedOn('tokens', curve, seeds)).toEqual({ ...curve, x: [0, 20, 40, 50] });
    expect(placedOn('steps', curve, seeds)).toEqual(curve);
  });

  test('are nowhere where a seed does not say it', () => {
    expect(placedOn('tokens', curve, [run([1, 2], 10), run([1, 2])])).toBeNull();
  });
});

const anyCurve: fc.Arbitrary<Curve> = fc
  .uniqueArray(fc.nat(50), { maxLength: 12 })
  .map((steps) => steps.sort((a, b) => a - b))
  .map((steps) => ({ x: steps, values: steps.map((step) => step * 2) }));

test('aligned curves keep every value at its step and nothing else', () => {
  fc.assert(
    fc.property(fc.array(anyCurve, { maxLength: 4 }), (curves) => {
      const { x, columns } = alignCurves(curves);
      expect(x).toEqual([...new Set(x)].sort((a, b) => a - b));
      for (const [i, { x: steps }] of curves.entries()) {
        const kept = x.flatMap((step, at) => (columns[i]?.[at] == null ? [] : [[step, columns[i]?.[at]]]));
        expect(kept).toEqual(steps.map((step) => [step, step * 2]));
      }
    }),
  );
});

test('the closest preset of a preset’s own configuration is that preset, a few changes or not', () => {
  expect(closestPreset(presetConfig('ci'))).toBe('ci');
  expect(closestPreset({ ...presetConfig('demo-nano'), seed: 9 })).toBe('demo-nano');
});

test('only what differs is listed, defaults filled in', () => {
  expect(configDifferences([{}, DEFAULTS, {}])).toEqual([]);
  const [difference, ...more] = configDifferences([{ klPropose: 0 }, {}, { klPropose: 0 }]);
  expect(more).toEqual([]);
  const values = ['0', String(DEFAULTS.klPropose), '0'];
  expect(difference).toMatchObject({ key: 'klPropose', values, paper: '0' });
});

describe('a fetched file', () => {
  const result: ExperimentResult = {
    name: 'main',
    command: 'npm run experiment -- main',
    hardware: 'a processor',
    backend: 'wasm',
    created: '2025-01-31',
    minutes: 1,
    budget: { level: 1, steps: 2, seeds: [1], tasks: 1 },
    arms: [arm([[point(1)]])],
  };

  test('is taken as it is when it has what is drawn of it', () => {
    expect(checkResult(result, 'main.json')).toBe(result);
    const index = { experiments: [{ name: 'main', level: 1, file: 'main.json', created: '', bytes: 1 }] };
    expect(checkIndex(index, 'index.json')).toBe(index);
  });

  test.each([
    null,
    [],
    {},
    { ...result, arms: [] },
    { ...result, arms: [{ ...result.arms[0], start: null }] },
    { ...result, arms: [{ ...result.arms[0], seeds: [{ seed: 1, curve: [{}], detections: [] }] }] },
    { ...result, budget: undefined },
  ])('%# of another shape is refused in a plain sentence', (value) => {
    expect(() => checkResult(value, 'main.json')).toThrow(/^main\.json could not be read: /);
    expect(() => checkIndex(value, 'index.json')).toThrow(/^index\.json could not be read: /);
  });
});

describe('a run from its files', () => {
  const config = {
    name: 'kelvin.json',
    text: JSON.stringify({ preset: 'demo', config: { seed: 7, steps: 2 } }),
  };
  const line = (step: number, over: object = {}) =>
    JSON.stringify({ ...point(step), responseLength: { deduction: 9 }, ...over });
  const metrics = {
    name: 'metrics.jsonl',
    text: `${line(1)}\n${line(2, { heldOut: scores(0.5), base: scores(0.1), baseForced: scores(0.3) })}\n`,
  };

  test('is read in any order, with its base and its lengths by role', () => {
    const run = readRunFiles([metrics, config]);
    expect(run.name).toBe('demo, seed 7');
    expect(run.config).toEqual({ ...DEFAULTS, seed: 7, steps: 2 });
    expect(run.curve.map(measureNamed('responseLength-deduction').of)).toEqual([9, 9]);
    expect(run.start).toEqual(scores(0.1));
    expect(run.forced).toEqual(scores(0.3));
  });

  test('has minutes by its timing.jsonl alone', () => {
    const bare = { ...metrics, text: `${line(1, { seconds: undefined })}\n` };
    const timing = { name: 'timing.jsonl', text: '{"step":1,"seconds":90}\n' };
    const curve = { x: [0, 1], values: [0, 1] };
    const placed = (files: Parameters<typeof readRunFiles>[0]) =>
      placedOn('minutes', curve, [pacedBy(readRunFiles(files).curve)]);
    expect(placed([config, bare])).toBeNull();
    expect(placed([timing, config, bare])?.x).toEqual([0, 1.5]);
  });

  test('of an older Kelvin keeps its curves, and names the switches that made it another run', () => {
    const older = JSON.stringify({ preset: 'demo', config: { seed: 7, weightDecay: 0.01, ppoClip: true } });
    const run = readRunFiles([{ ...config, text: older }, metrics]);
    expect(run.config).toEqual({ ...DEFAULTS, seed: 7 });
    expect(run.retired).toEqual(['ppoClip']);
    // Once it was one number, of the roles that had a coefficient.
    const once = { ...run.curve[0], klToBase: 0.1 } as unknown as CurvePoint;
    expect(measureNamed('klToBase-solve').of(once)).toBeNull();
    expect(run.curve).toHaveLength(2);
  });

  test('of an older Kelvin is read under the names of its time', () => {
    const text = line(1, {
      zeroStdGroups: undefined,
      zeroSignal: 0.25,
      fingerprints: undefined,
      behaviours: 9,
    });
    const [first] = readRunFiles([config, { ...metrics, text }]).curve;
    expect(first).toMatchObject({ zeroStdGroups: 0.25, fingerprints: 9 });
  });

  test.each([
    [[config], /these files together/],
    [[{ ...config, text: '{' }, metrics], /kelvin\.json is not JSON/],
    [[{ ...config, text: '{}' }, metrics], /holds no configuration/],
    [[config, { ...metrics, text: '' }], /has no steps/],
    [[config, { ...metrics, text: '{"step": 1}' }], /line 1, has no “reward”/],
    [[config, { ...metrics, text: '[1]' }], /line 1, is not a JSON object/],
  ])('%# is refused in a plain sentence', (files, message) => {
    expect(() => readRunFiles(files)).toThrow(message);
    expect(() => readRunFiles(files)).toThrow(RunFileError);
  });
});
