import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { LevelId } from '../../src/language/level.ts';
import { exportCorpus, isWritten } from './export.ts';

test('examples are used again only by a warm-up that would write the same', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'kelvin-')), 'data');
  const options = { level: 1 as LevelId, seed: 1, stages: [2000], priorCotRate: 0.3 };
  expect(isWritten(folder, options)).toBe('none');
  expect(exportCorpus({ folder, ...options }).tokens).toBeGreaterThanOrEqual(2000);
  expect(isWritten(folder, options)).toBe('all');
  for (const other of [{ seed: 2 }, { stages: [3000] }, { level: 2 as LevelId }]) {
    expect(isWritten(folder, { ...options, ...other })).toBe('none');
  }
});

test('a training goes on to a further budget, because examples do not depend on it', () => {
  const root = mkdtempSync(join(tmpdir(), 'kelvin-'));
  const options = { level: 1 as LevelId, seed: 1, priorCotRate: 0.3 };
  const [shorter, longer] = [join(root, 'shorter'), join(root, 'longer')];
  exportCorpus({ folder: shorter, stages: [2000], ...options });
  exportCorpus({ folder: longer, stages: [2000, 3000], ...options });
  const first = (folder: string) => readFileSync(join(folder, 'train-00000.bin'));
  expect(first(longer).subarray(0, first(shorter).length)).toEqual(first(shorter));
  expect(isWritten(shorter, { ...options, stages: [2000, 3000] })).toBe('beginning');
  expect(isWritten(longer, { ...options, stages: [2000, 3000] })).toBe('all');
  expect(isWritten(longer, { ...options, stages: [2000] })).toBe('none');
  expect(isWritten(longer, { ...options, stages: [1000, 3000] })).toBe('none');
});
