import { expect, test } from 'vitest';
import { shaken } from '../../../test/reasoner/objectiveCases.ts';
import { ODD_CONFIG, oddSequences } from '../../../test/reasoner/weights.ts';
import { inOne } from '../parameters.ts';
import { type SampleRow, sampleRows } from './decoding.ts';
import { Heap } from './heap.ts';
import { Model } from './model.ts';

const heap = await Heap.open();
const model = new Model(heap, ODD_CONFIG, true);
model.write(inOne(shaken(ODD_CONFIG, 5, 0.5)));

const ROWS = oddSequences(ODD_CONFIG, 11, [1, 2, 5, 9], 12).map(
  ({ prompt }, index): SampleRow => ({ index, prompt, limit: 20 }),
);

test.each([0.15, 0.5, 1])(
  'at temperature %s a row is the same beside rows that begin alike and alone',
  (temperature) => {
    const options = { temperature, seed: 4 };
    let done = 0;
    const together = sampleRows(heap, model, ROWS, options, () => done++);
    expect(done).toBe(ROWS.length);
    expect(together).toEqual(ROWS.flatMap((row) => sampleRows(heap, model, [row], options, () => {})));
    const count = (kept: number) =>
      new Set(together.map(({ tokens }, r) => `${ROWS[r]!.prompt}; ${tokens.slice(0, kept)}`)).size;
    // Some begin alike, and where it is cold some are the same to the end.
    expect(count(1)).toBeLessThan(ROWS.length);
    if (temperature < 0.2) expect(count(20)).toBeLessThan(ROWS.length);
  },
);
