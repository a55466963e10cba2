/** The suites of e2e/fixtures/verify say what native Python says. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const MAKE = fileURLToPath(new URL('../../e2e/fixtures/verify/make.py', import.meta.url));

/** The programs use `match` and `itertools.pairwise`. */
const hasPython =
  spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))']).status === 0;

test.runIf(hasPython)('native python3 computes the outputs of the suites, whatever the hash seed', () => {
  for (const seed of ['0', '7']) {
    const { status, stderr } = spawnSync('python3', ['-W', 'ignore', MAKE, '--check'], {
      encoding: 'utf8',
      env: { ...process.env, PYTHONHASHSEED: seed },
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  }
});
