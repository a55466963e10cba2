/** The CPython of this machine, which tests compare with where there is one. */
import { spawnSync } from 'node:child_process';

export const hasPython: boolean = spawnSync('python3', ['--version']).status === 0;

/** What a script prints as JSON when it is given `input` as JSON on its standard input. Throws with what it complains of. */
export function inPython<T>(script: string, input: unknown): T {
  const { stdout, stderr } = spawnSync('python3', ['-W', 'ignore', '-c', script], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (stderr) throw new Error(stderr);
  return JSON.parse(stdout) as T;
}
