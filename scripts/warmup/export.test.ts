import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportCorpus, isWritten } from './export.ts';

test('examples are used again only by a warm-up that would write the same', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'kelvin-')), 'data');
  const options = { level: 1, seed: 1, tokens: 2000, habit: 0.3, walks: 0, blankLines: 0 };
  expect(isWritten(folder, options)).toBe(false);
  expect(exportCorpus({ folder, ...options }).tokens).toBeGreaterThanOrEqual(2000);
  expect(isWritten(folder, options)).toBe(true);
  for (const other of [{ seed: 2 }, { tokens: 3000 }, { level: 2 }, { walks: 0.5 }, { blankLines: 0.1 }]) {
    expect(isWritten(folder, { ...options, ...other })).toBe(false);
  }
});
