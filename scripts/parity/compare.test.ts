import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { differenceFromMirror, writeForMirror } from './compare.ts';

const fixtures = 'src/reasoner/fixtures';

// `mirror` was written by bridge/compare.py; `engine` by writeForMirror and then passed `compare.py check`.
test.each(['mirror', 'engine'])(
  'log-probabilities agree with PyTorch on the committed %s checkpoint',
  async (name) => {
    for (const device of ['wasm', 'cpu'] as const) {
      expect(await differenceFromMirror(join(fixtures, name), device)).toBeLessThan(1e-4);
    }
  },
);

test('what the engine writes for the mirror reads back to the same log-probabilities', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kelvin-parity-'));
  await writeForMirror(folder, join(fixtures, 'mirror'), 'wasm');
  expect(await differenceFromMirror(folder, 'wasm')).toBeLessThan(1e-6);
  rmSync(folder, { recursive: true });
});
