import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HYPERPARAMETERS } from '../../src/config/hyperparameters.ts';
import { ROOT } from '../common/build.ts';
import { HYPERPARAMETERS_DOCUMENT, hyperparametersPage } from './hyperparameters.ts';

test('the committed page is what the table says (else: npm run docs)', () => {
  expect(readFileSync(join(ROOT, HYPERPARAMETERS_DOCUMENT), 'utf8')).toBe(hyperparametersPage());
});

test('every hyper-parameter has one row of six cells', () => {
  const rows = hyperparametersPage()
    .split('\n')
    .filter((line) => /^\| (?!---|name| {2})/.test(line))
    .filter((line) => line.includes('`'));
  expect(rows.map((row) => row.split('`')[1]).sort()).toEqual(
    HYPERPARAMETERS.map(({ urlKey }) => urlKey).sort(),
  );
  for (const row of rows) expect(row.split(/(?<!\\)\|/).length, row).toBe(8);
});
