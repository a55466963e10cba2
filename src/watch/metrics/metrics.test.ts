import { expect, test } from 'vitest';
import { DEFAULTS } from '../../config/hyperparameters.ts';
import type { Metric } from './metric.ts';
import { METRICS } from './table.ts';

const ENTRIES = Object.entries<Metric>(METRICS);

test('every chart says how its metric is reckoned and which settings move it', () => {
  const drawn = ENTRIES.filter(([key, { chart }]) => chart !== undefined || key === 'heldOut');
  const silent = drawn.filter(([, { formula = '', dependsOn = [] }]) => !formula || dependsOn.length === 0);
  expect(silent.map(([key]) => key)).toEqual([]);
});

test('they are settings that there are, each named once', () => {
  for (const [key, { dependsOn = [] }] of ENTRIES) {
    expect(
      dependsOn.filter((one) => !(one in DEFAULTS)),
      key,
    ).toEqual([]);
    expect(new Set(dependsOn).size, key).toBe(dependsOn.length);
  }
});

test('a formula can be said in any language: no braces, which are places in a text, and no full stop', () => {
  const wrong = ENTRIES.filter(([, { formula = '' }]) => /[{}']|\.$/.test(formula));
  expect(wrong.map(([key]) => key)).toEqual([]);
});
