import { describe, expect, it } from 'vitest';
import {
  type PlaywrightReport,
  playwrightFailures,
  type VitestReport,
  vitestFailures,
} from './testReports.ts';

describe('failures in a report', () => {
  it('of Vitest: tests with the head of their error, and files that could not be run', () => {
    const report: VitestReport = {
      numPassedTests: 1,
      numFailedTests: 1,
      testResults: [
        {
          name: '/lab/src/a.test.ts',
          status: 'failed',
          message: '',
          assertionResults: [
            { status: 'passed', fullName: 'a adds', failureMessages: [] },
            {
              status: 'failed',
              fullName: 'a subtracts',
              failureMessages: [
                '\u001b[31mAssertionError\u001b[39m: expected 1 to be 2\n\n- 2\n+ 1\n    at here',
              ],
            },
          ],
        },
        { name: '/lab/src/b.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
        { name: '/lab/src/c.test.ts', status: 'passed', message: '', assertionResults: [] },
      ],
    };
    expect(vitestFailures(report, '/lab')).toEqual([
      'src/a.test.ts › a subtracts\n    AssertionError: expected 1 to be 2\n    - 2\n    + 1',
      'src/b.test.ts\n    no such module',
    ]);
  });

  it('of Playwright: tests at any depth, and what failed outside of them', () => {
    const spec = (title: string, status: string, message?: string) => ({
      title,
      file: 'run.spec.ts',
      tests: [{ status, results: [{ errors: message === undefined ? [] : [{ message }] }] }],
    });
    const report: PlaywrightReport = {
      stats: { expected: 1, unexpected: 2, flaky: 0 },
      suites: [
        {
          title: 'run.spec.ts',
          specs: [spec('starts', 'expected'), spec('ends', 'unexpected', 'Error: page closed')],
          suites: [{ title: 'with a card', specs: [spec('is fast', 'unexpected')] }],
        },
      ],
      errors: [{ message: 'the port is taken' }],
    };
    expect(playwrightFailures(report)).toEqual([
      'run.spec.ts › ends\n    Error: page closed',
      'run.spec.ts › with a card › is fast\n    no message',
      'outside of all tests\n    the port is taken',
    ]);
  });
});
