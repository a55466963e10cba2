import { expect, test } from 'vitest';
import { allResults, armOf, resultOf, scoresOf } from '../../../test/experiment/results.ts';
import { targetsOf, verdictOf } from './targets.ts';

/** The first target of a page. */
const targetOn = (page: string, results: Parameters<typeof targetsOf>[0]) =>
  targetsOf(results).find((target) => target.page === page);

test('are met or missed by the numbers that are written', () => {
  expect(targetsOf(allResults()).map(({ met, measured }) => `${met} ${measured}`)).toEqual([
    'true +76.0 ± 1.4 (2 repeats)',
    'true +35.3 ± 0.5 (2 repeats)',
    'true +6.0 ± 1.4 (90.0 to 96.0, 2 repeats)',
    'true +15.0 ± 0.0 (30.0 to 45.0, 2 repeats)',
    'true +15.0 ± 0.0 (10.0 to 25.0, 2 repeats)',
    'null –',
    expect.stringMatching(/^true \+25\.3 over “Deduction only”,/),
    expect.stringMatching(/^true \+25\.3 over “Frozen base”, .*, \+15\.3 over the base forced to think$/),
    'true +12.0 ± 0.0 (2 repeats)',
  ]);
});

test('are open while a rival was not measured, and missed as soon as one is ahead', () => {
  const full = armOf('full', 'small', [scoresOf(0.5, 0.5, 0.5)]);
  const rival = armOf('solver-only', 'small', [scoresOf(0.4, 0.4, 0.4)]);
  const ahead = (arms: (typeof full)[]) => targetOn('ablations', [resultOf('ablations', arms)]);
  expect(ahead([full, rival])).toMatchObject({
    met: null,
    measured: expect.stringContaining('+10.0 over “Solver only”'),
  });
  expect(ahead([rival, { ...rival, arm: 'full' }])).toMatchObject({ met: false, short: 0, isClose: true });
  const behind = ahead([
    { ...rival, arm: 'full' },
    { ...full, arm: 'solver-only' },
  ]);
  expect(behind && verdictOf(behind)).toBe('missed by 10.0 points');
  const smaller = ahead([full, rival].map((arm) => ({ ...arm, size: 'nano' })));
  expect(smaller?.measured).toMatch(/^at `nano`: /);
});

test('are missed when they are, and open when nothing was measured', () => {
  const low = armOf('full', 'small', [scoresOf(0.5, 0.3, 0.1)]);
  const nano = armOf('full', 'nano', [scoresOf(0.9, 0.9, 0.9)]);
  const missed = targetsOf([resultOf('main', [nano, low])]);
  expect(missed.map(({ met }) => met)).toEqual([false, false, false, false, false, false, null, null, false]);
  expect(missed[0]?.short).toBeCloseTo(10);
  // By the fall from one size to the next.
  expect(targetOn('scaling', [resultOf('main', [nano, low])])?.short).toBeCloseTo(60);
  expect(new Set(targetsOf([]).map(({ met }) => met))).toEqual(new Set([null]));
});
