import { expect, test } from 'vitest';
import { type VerifierResults, verifierReport, verifierTargets } from './report.ts';

const exactly = (value: number) => ({ median: value, min: 0.9 * value, max: 1.1 * value });

const RESULTS: VerifierResults = {
  browser: 'Chromium 1',
  host: 'a machine',
  load: 0.25,
  command: 'npm run bench -- --only verifier',
  throughput: (['grammar', 'wild'] as const).flatMap((mix) =>
    [1, 2].map((workers) => ({
      mix,
      workers,
      newTasks: exactly(1500 * workers),
      newTasksWithProbes: exactly(1000 * workers),
      probesPerTask: 12,
      knownRuns: exactly(4999 * workers),
    })),
  ),
  ends: {
    firstVerdict: exactly(3000),
    plainStart: exactly(2500),
    snapshotStart: exactly(500),
    nextVerdict: exactly(5),
    whole: exactly(550),
    endlessLoop: exactly(8),
    loopInC: exactly(1400),
  },
};

test('targets are those of two workers on the grammar', () => {
  expect(verifierTargets(RESULTS).map(({ measured, met }) => [measured, met])).toEqual([
    ['3000', true],
    ['9998', false],
  ]);
  expect(verifierTargets({ throughput: [] }).map(({ met }) => met)).toEqual([null, null]);
});

test('the report has every mix and number of workers, every time, the machine and its load', () => {
  const text = verifierReport(RESULTS);
  expect(text).toContain('| grammar | 2 | 3000 (2700–3300) | 2000 (1800–2200) | 12 | 9998 (8998–10998) |');
  expect(text).toContain('| wild | 1 |');
  expect(text).toContain('| **missed** |');
  for (const ms of ['3000 ms', '2500 ms', '500 ms', '5.0 ms', '550 ms', '8.0 ms', '1400 ms'])
    expect(text).toContain(ms);
  expect(text).toContain('on a machine, Chromium 1; load 0.3 when it began.');
});
