import { describe, expect, test } from 'vitest';
import { parseArguments } from './literal.ts';
import { probesFor } from './probes.ts';

describe('probes', () => {
  test('are valid inputs of the same types, and there are enough of them', () => {
    for (const input of [
      '5',
      '-2, 7',
      "'abc'",
      '[1, 2]',
      "['a'], 2",
      '(1,)',
      '2.5',
      "{'a': 1}",
      "'a', 'b', 3",
    ]) {
      const { signature, inputs, variations } = probesFor(input);
      expect(inputs.length, input).toBeGreaterThanOrEqual(6);
      expect(new Set(inputs).size, input).toBe(inputs.length);
      for (const probe of [...inputs, ...variations.flat(2)]) {
        const parsed = parseArguments(probe);
        expect(parsed.ok && parsed.value.map(({ type }) => type).join(', '), probe).toBe(signature);
      }
    }
    expect(probesFor('')).toEqual({ signature: '', inputs: [], variations: [] });
  });

  test('vary one argument at a time', () => {
    const { variations } = probesFor('5, 3');
    expect(variations.length).toBe(2);
    for (const group of variations[0] ?? []) {
      expect(new Set(group.map((probe) => probe.split(', ')[1])).size).toBe(1);
      expect(new Set(group.map((probe) => probe.split(', ')[0])).size).toBe(group.length);
    }
  });
});
