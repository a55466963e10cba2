import { expect, test } from 'vitest';
import { allResults, armOf, resultOf, scoresOf } from '../../../test/experiment/results.ts';
import { targetsOf, verdictOf } from './targets.ts';

test('are met or missed by the numbers that are written', () => {
  expect(targetsOf(allResults()).map(({ met, measured }) => `${met} ${measured}`)).toEqual([
    ...Array(4).fill('false +6.0 ± 1.4 (90.0 to 96.0, 2 repeats)'),
    'true +46.0 (50.0 and 96.0, 2 repeats)',
    'true +6.0 at 0–1 lines, +6.0 at 1–2, +6.0 at 3–4, +6.0 at 5–6',
    'false +0.0 ± 0.0 (25.0 to 25.0, 2 repeats)',
    'true +12.0 ± 0.0 (50.0 to 62.0, 2 repeats)',
    expect.stringMatching(/^true \+46\.0 over “Solver only”, .*over “Curated tasks”$/),
    'null –',
    'true +15.0 ± 0.0 (30.0 to 45.0, 2 repeats)',
    'true +15.0 ± 0.0 (10.0 to 25.0, 2 repeats)',
  ]);
});

test('are open while a rival was not measured, and missed as soon as one is not clearly behind', () => {
  const full = armOf('full', 'small', [scoresOf(0.5, 0.5, 0.5)]);
  const rival = armOf('solver-only', 'small', [scoresOf(0.4, 0.4, 0.4)]);
  const ahead = (arms: (typeof full)[]) =>
    targetsOf([resultOf('climb-parts', arms)]).find(({ what }) => what.startsWith('Ahead'));
  expect(ahead([full, rival])).toMatchObject({
    met: null,
    measured: expect.stringContaining('+10.0 over “Solver only”'),
  });
  expect(ahead([rival, { ...rival, arm: 'full' }])).toMatchObject({ met: false, short: expect.closeTo(0) });
  const behind = ahead([
    { ...rival, arm: 'full' },
    { ...full, arm: 'solver-only' },
  ]);
  expect(behind && verdictOf(behind)).toBe('missed by 10.0 points');
  // The designer's own curriculum may be ahead.
  expect(
    ahead([
      { ...rival, arm: 'full' },
      { ...full, arm: 'grammar-all' },
    ])?.met,
  ).toBeNull();
});

test('what was shown may fall by two points, and no more', () => {
  const kept = (end: number) =>
    targetsOf([resultOf('climb', [armOf('full', 'small', [scoresOf(end, 0.5, 0.5)])])]).find(({ what }) =>
      what.endsWith('kept'),
    );
  expect(kept(0.88)?.met).toBe(true);
  expect(kept(0.87)).toMatchObject({ met: false, short: expect.closeTo(1) });
});

test('sizes are in order by what they gain beyond the base forced to think', () => {
  const sizes = (...ends: number[]) =>
    targetsOf([
      resultOf(
        'climb-sizes',
        ends.map((end, i) =>
          armOf('full', (['nano', 'small', 'medium'] as const)[i]!, [scoresOf(end, 0.5, 0.5)]),
        ),
      ),
    ]).find(({ page }) => page === 'climb-sizes');
  expect(sizes(0.91, 0.92, 0.93)?.met).toBe(true);
  expect(sizes(0.91, 0.92)?.met).toBeNull();
  expect(sizes(0.95, 0.92, 0.93)).toMatchObject({ met: false, short: expect.closeTo(3) });
  expect(new Set(targetsOf([]).map(({ met }) => met))).toEqual(new Set([null]));
});
