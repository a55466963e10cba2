import { expect, test } from 'vitest';
import type { Detection } from '../../watch/findings.ts';
import { DETECTORS } from '../detectors.ts';
import { annotationsOf } from './annotations.ts';
import { CHARTS } from './definitions.ts';

const NAMES = Object.keys(DETECTORS) as (keyof typeof DETECTORS)[];
const found = (name: Detection['name'], step: number): Detection => ({
  name,
  step,
  sentence: 'Seen.',
  cure: 'Do this.',
});
const columns = {
  steps: [1, 2, 3],
  seconds: [30, 60, 120],
  get: (name: string) => (name === 'tokensTrained' ? [100, 50, 200] : []),
};

test('every detector has a chart that exists', () => {
  for (const name of NAMES) {
    const pinned = CHARTS.filter(
      ({ key }) => annotationsOf(key, [found(name, 2)], columns, 'steps').length > 0,
    );
    expect(pinned.length, name).toBeGreaterThan(0);
  }
});

test('an annotation stands at its step, or at the minute at which that step ended', () => {
  const detections = [found('entropy collapse', 3), found('length explosion', 1)];
  expect(annotationsOf('entropy', detections, columns, 'steps')).toMatchObject([{ x: 3, level: 0 }]);
  expect(annotationsOf('entropy', detections, columns, 'minutes')).toMatchObject([{ x: 2, level: 0 }]);
  expect(annotationsOf('entropy', detections, columns, 'tokens')).toMatchObject([{ x: 350, level: 0 }]);
});

test('annotations of one step do not cover each other', () => {
  const detections = [
    found('zero-std groups', 2),
    found('proposer triviality', 2),
    found('zero-std groups', 3),
  ];
  expect(annotationsOf('reward', detections, columns, 'steps').map(({ x, level }) => [x, level])).toEqual([
    [2, 0],
    [2, 1],
    [3, 0],
  ]);
});
