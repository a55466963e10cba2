import { expect, test } from 'vitest';
import { changedKeys } from '../config/hyperparameters.ts';
import { configOf, EXPERIMENTS, experimentNamed } from './definitions.ts';

test('every arm of every experiment is a possible configuration', () => {
  for (const { arms, sizes, level, seeds, steps } of EXPERIMENTS) {
    for (const arm of arms) {
      for (const size of sizes) {
        const config = configOf(arm, { size, level, seed: seeds[0] ?? 1, steps });
        expect(config).toMatchObject({ ...arm.changes, size, level, steps });
      }
    }
  }
});

test('names are unique and no two arms of an experiment are the same', () => {
  expect(new Set(EXPERIMENTS.map(({ name }) => name)).size).toBe(EXPERIMENTS.length);
  for (const { arms, level, steps } of EXPERIMENTS) {
    const configs = arms.map((arm) => configOf(arm, { size: 'small', level, seed: 1, steps }));
    expect(new Set(arms.map(({ name }) => name)).size).toBe(arms.length);
    expect(new Set(configs.map((config) => JSON.stringify(config))).size).toBe(arms.length);
  }
});

test('an arm changes nothing but what it says', () => {
  const run = { size: 'small', level: 1, seed: 1, steps: 5 } as const;
  for (const { arms } of EXPERIMENTS) {
    const [full, ...others] = arms.map((arm) => configOf(arm, run));
    for (const [i, config] of others.entries()) {
      const arm = arms[i + 1];
      if (!full || !arm || arm.preset !== arms[0]?.preset) continue;
      const own: Record<string, unknown> = { ...arms[0]?.changes };
      const its: Record<string, unknown> = { ...arm.changes };
      const said = Object.keys({ ...own, ...its }).filter((key) => own[key] !== its[key]);
      expect(changedKeys(config, full).sort()).toEqual(said.sort());
    }
  }
});

test('the full method is one and the same run in all experiments of a preset', () => {
  const run = { size: 'small', level: 1, seed: 1, steps: 100 } as const;
  const elsewhere = ['climb', 'climb-kinds'];
  for (const isClimb of [true, false]) {
    const shared = EXPERIMENTS.filter(
      ({ name }) => name.startsWith('climb') === isClimb && !elsewhere.includes(name),
    );
    expect(shared.length).toBeGreaterThan(1);
    const fulls = shared.map(({ arms }) => arms.find(({ name }) => name === 'full'));
    expect(new Set(fulls.map((arm) => arm && JSON.stringify(configOf(arm, run)))).size).toBe(1);
    expect(new Set(shared.map(({ level, steps }) => `${level} ${steps}`)).size).toBe(1);
  }
});

test('what the paper’s figures stand beside exists', () => {
  for (const { paper, arms } of EXPERIMENTS) {
    for (const { arm } of paper?.rows ?? []) {
      if (arm) expect(arms.map(({ name }) => name)).toContain(arm);
    }
  }
});

test('an impossible configuration is refused in words', () => {
  const main = experimentNamed('main');
  const arm = main?.arms[0] as NonNullable<typeof main>['arms'][number];
  expect(() => configOf(arm, { size: 'large', level: 1, seed: 1, steps: 1, base: 'shipped' })).toThrow(
    /shipped bases/,
  );
  expect(experimentNamed('mane')).toBeUndefined();
});
