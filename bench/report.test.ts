import { describe, expect, test } from 'vitest';
import { dryEntry, racedEntries } from '../test/bench/results.ts';
import { reportOf } from './report.ts';
import { merge, sessionFigures } from './results.ts';
import { targetsOf } from './targets.ts';
import { FULL, productOperations, TINY, workloadOf } from './workload.ts';

describe('targets', () => {
  test('are met by what reaches them, missed by what does not, open where nothing was measured', () => {
    const verdicts = (entries: Parameters<typeof targetsOf>[0]) => targetsOf(entries).map(({ met }) => met);
    expect(verdicts([dryEntry(), ...racedEntries(6, 1)])).toEqual(Array(10).fill(true));
    expect(verdicts([])).toEqual(Array(7).fill(null));
    const slow = targetsOf(racedEntries(5.9, 0.9)).slice(7);
    expect(slow.map(({ met }) => met)).toEqual([false, false, true]);
    const entry = dryEntry();
    entry.engines.kelvin!.dispatches = 121;
    expect(targetsOf([entry])[0]).toMatchObject({ measured: '121', met: false });
  });
});

describe('the report', () => {
  test('has a row for each engine, the adapter, the command and the machine', () => {
    const text = reportOf([dryEntry(), ...racedEntries(7, 2)]);
    expect(text).toContain('## full shape, null');
    expect(text).toContain('## tiny shape, google swiftshader (software)');
    expect(text).toContain('| plain TensorFlow.js | 1000 | 10 | 9 | 9 | 3000 MB | 50.0 ms |');
    expect(text).toContain('7.0× (6.3–7.7)');
    expect(text).toContain('`npm run bench` on a machine.');
    expect(text).toContain('## Sweep, google swiftshader (software)');
  });

  test('states the share of the peak once it is told', () => {
    const [entry] = racedEntries(7, 2);
    expect(reportOf([{ ...entry!, peakTflops: 0.01 }])).toContain('10.0 %');
  });
});

describe('results', () => {
  test('of the same shape and adapter replace old ones; others stay', () => {
    const old = [dryEntry(), ...racedEntries(7, 2)];
    const merged = merge(old, [{ ...dryEntry(), command: 'again' }]);
    expect(merged).toHaveLength(old.length);
    expect(merged.at(-1)?.command).toBe('again');
  });

  test('of a session compare rounds, not medians', () => {
    const session = (steps: number[]) => ({ losses: [], counts: null, gpuBytes: 1, steps, sampled: [] });
    const figures = sessionFigures(TINY, session([10, 100, 30]), session([1, 20, 3]));
    expect(figures.timesKelvin).toEqual({ median: 10, min: 5, max: 10 });
    expect(figures.stepMs).toEqual({ median: 30, min: 10, max: 100 });
    expect(figures.sampleTokensPerSecond).toBeNull();
  });
});

describe('the workload', () => {
  test('is the same on every call and fills the batch', () => {
    const [a, b] = [workloadOf(TINY), workloadOf(TINY)];
    expect(a.sequences).toEqual(b.sequences);
    expect(a.values).toEqual(b.values);
    expect(a.sequences).toHaveLength(8);
    for (const { prompt, response } of a.sequences) expect([prompt.length, response.length]).toEqual([1, 63]);
  });

  test('of the full shape is some thirty billion operations a step', () => {
    // For each of 64 × 95 positions six operations with each of 835,584 weights, and attention to 47.5 others.
    const perPosition = 6 * (835_584 + 4 * 2 * 128 * 47.5);
    expect(productOperations(FULL)).toBe(64 * 95 * perPosition);
    expect(productOperations(FULL) / 1e9).toBeCloseTo(32.3, 1);
  });
});
