import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { METRICS } from '../../src/watch/metrics/table.ts';
import { ROOT } from '../common/build.ts';
import { METRICS_DOCUMENT, metricsPage } from './metrics.ts';

const page = readFileSync(join(ROOT, METRICS_DOCUMENT), 'utf8');

test('the committed tables are what the table of metrics says (else: npm run docs)', () => {
  expect(metricsPage(page, METRICS)).toBe(page);
});

test('a page without marks is not written', () => {
  expect(() => metricsPage('# What a run writes', METRICS)).toThrow(
    'no marks for the table of metrics.jsonl',
  );
});
