import { expect, test } from 'vitest';
import { threadCounts } from './measure.ts';
import { COPIES, type Profile } from './profile.ts';
import { type CoresResults, coresReport, coresTargets } from './report.ts';

const exactly = (value: number) => ({ median: value, min: 0.9 * value, max: 1.1 * value });

const figures = (threads: number, gain: number) => {
  const timing = { seconds: exactly(12 / gain), faster: exactly(gain) };
  return { threads, sampling: timing, training: timing, step: timing, tokens: timing };
};

const PROFILE: Profile = {
  size: 'nano',
  sampling: {
    ms: 400,
    parts: [
      { name: 'product', kind: 'kernel', ms: 300, calls: 7, share: 0.75, gflops: 20 },
      { name: 'hardlyAny', kind: 'kernel', ms: 1, calls: 1, share: 0.0025, gflops: null },
    ],
  },
  training: {
    ms: 600,
    parts: [
      { name: COPIES.weights, kind: 'copy', ms: 15, calls: 1, share: 0.025, gflops: null },
      { name: COPIES.sums, kind: 'copy', ms: 5, calls: 1, share: 0.025, gflops: null },
      { name: 'AdamW', kind: 'other', ms: 12.5, calls: 1, share: 0.025, gflops: null },
    ],
  },
};

const RESULTS: CoresResults = {
  host: 'a machine',
  load: 1.25,
  loadAfter: 2.5,
  command: 'npm run bench -- --only cores',
  sizes: [
    { size: 'nano', sampled: 100, trained: 200, byThreads: [figures(1, 1), figures(2, 1.75)] },
    { size: 'small', sampled: 100, trained: 200, byThreads: [figures(1, 1), figures(2, 1.6)] },
  ],
  profiles: [PROFILE],
  peak: {
    peak: exactly(50),
    products: [{ name: '`product`', shape: [240, 384, 128], gflops: exactly(40), share: exactly(0.8) }],
  },
};

test('targets are those of two threads, of each size, and say how busy the machine was', () => {
  expect(coresTargets(RESULTS).map(({ measured, met, where }) => [measured, met, where])).toEqual([
    ['1.75×', true, 'nano, load 1.3, then 2.5'],
    ['1.75×', true, 'nano, load 1.3, then 2.5'],
    ['1.60×', false, 'small, load 1.3, then 2.5'],
    ['1.60×', false, 'small, load 1.3, then 2.5'],
  ]);
  const one = [{ ...RESULTS.sizes[0]!, byThreads: [figures(1, 1)] }];
  expect(coresTargets({ sizes: one, load: 0, loadAfter: 1 }).map(({ met }) => met)).toEqual([null, null]);
});

test('the report has threads, kernels, copies and the peak, the machine and its load', () => {
  const text = coresReport(RESULTS);
  expect(text).toContain('| small | 2 | 7.5 s (6.8–8.3) |');
  expect(text).toContain('| 1.60× (1.44–1.76) |');
  expect(text).toContain('| `product` | 300 | 75.0 % | 7 | 20.0 | 40.0 % |');
  expect(text).not.toContain('hardlyAny');
  expect(text).toContain('| **all of these** | 20.0 | 2.00 % |');
  expect(text).toContain('| AdamW, on the caller’s thread | 12.5 | 1.25 % |');
  expect(text).toContain('| `product` | 240 × 384 × 128 | 40.0 (36.0–44.0) | 80 % (72–88) |');
  expect(text).toContain(
    'on a machine; load 1.3 when it began and 2.5 when it ended, so other programs wanted the cores too.',
  );
});

test('threads are one, powers of two, and as many as commands take', () => {
  expect([1, 2, 3, 4, 6, 8, 64].map(threadCounts)).toEqual([
    [1],
    [1, 2],
    [1, 2, 3],
    [1, 2, 4],
    [1, 2, 4, 6],
    [1, 2, 4, 8],
    [1, 2, 4, 8],
  ]);
});
