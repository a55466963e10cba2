import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { dryEntry, racedEntries } from '../test/bench/results.ts';
import { plotOf } from './plot.ts';
import { plotDataOf } from './plotData.ts';
import type { Entry } from './results.ts';
import { SWEEP_DIMENSIONS } from './workload.ts';

describe('plot data', () => {
  const data = plotDataOf([dryEntry(), ...racedEntries(7, 2)]);

  test('has a panel for each dimension, with the base shape in all of them', () => {
    expect(data.panels.map(({ dimension }) => dimension)).toEqual([...SWEEP_DIMENSIONS]);
    for (const { lines } of data.panels) {
      expect(lines.map(({ engine }) => engine)).toEqual(['kelvin', 'tfjs', 'jaxjs']);
      for (const { points } of lines) {
        expect(points).toHaveLength(3);
        expect(points.map(({ x }) => x)).toEqual(points.map(({ x }) => x).sort((a, b) => a - b));
      }
    }
  });

  test('compares what both engines have, never with nothing', () => {
    const values = Object.fromEntries(data.ratios.map(({ label, values }) => [label, values]));
    expect(values['dispatches per step']).toMatchObject([
      { engine: 'tfjs', times: { median: 10 } },
      { engine: 'jaxjs', times: { median: 8 } },
    ]);
    expect(values['dispatches per sampled token']).toHaveLength(1);
    expect(values['sampling time, tiny, software adapter']).toMatchObject([{ times: { median: 10 } }]);
  });

  test('prefers the sweep of a card', () => {
    const software = racedEntries(7, 2);
    const card = software.map((entry) => ({
      ...entry,
      adapter: { ...entry.adapter, name: 'a card', isFallbackAdapter: false },
    }));
    expect(plotDataOf([...software, ...card]).adapter).toBe('a card');
  });
});

test('the picture is whole, whatever was measured', () => {
  for (const entries of [[], [dryEntry()], racedEntries(7, 2), [dryEntry(), ...racedEntries(7, 2)]]) {
    const text = plotOf(entries);
    expect(text.startsWith('<svg ')).toBe(true);
    expect(text).not.toMatch(/NaN|undefined|Infinity|<script/);
  }
});

test('the committed picture is what the committed results give (else: npm run bench)', () => {
  const read = (name: string) => readFileSync(new URL(`results/${name}`, import.meta.url), 'utf8');
  expect(plotOf(JSON.parse(read('engine.json')) as Entry[])).toBe(read('engine.svg'));
});
