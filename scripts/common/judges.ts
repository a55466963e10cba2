/** The judges of the engine: the page's own, or CPython of this machine, both behind the page's own pool. */
import { spawn as startProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Spawn } from '../../src/sandbox/member.ts';
import { createNodeSandbox } from '../../src/sandbox/node.ts';
import { type PoolOptions, SandboxPool } from '../../src/sandbox/pool.ts';
import type { FromWorker, ToWorker } from '../../src/sandbox/protocol.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';

export const JUDGES = ['pyodide', 'native'] as const;
export type JudgeName = (typeof JUDGES)[number];

const SCRIPT = fileURLToPath(new URL('../../engine/judge/native.py', import.meta.url));

/**
 * Starts judges; resolves when one of them can run programs. One that dies or hangs is replaced, and what it was at
 * gets a verdict. `python` judges natively, CPython 3.12 or later. Rejects with a plain sentence when none can start.
 */
export async function openJudges(
  name: JudgeName,
  python: string,
  options: Partial<PoolOptions>,
): Promise<Sandbox> {
  if (name === 'pyodide') return createNodeSandbox(options);
  const pool = new SandboxPool(nativeJudge(python), { workers: 1, spares: 0, ...options, bell: 'none' });
  await pool.ready();
  return pool;
}

/** A judge that speaks the messages of `src/sandbox/protocol.ts` as JSON lines, in a process of its own. */
function nativeJudge(python: string): Spawn {
  return (listen, died) => {
    const child = startProcess(python, ['-S', '-s', '-B', SCRIPT], {
      // Verdicts are the same on every machine, and a program finds nothing of this one.
      env: { PYTHONHASHSEED: '0', LANG: 'C.UTF-8', TZ: 'UTC' },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let complaint = '';
    child.stderr.on('data', (text: Buffer) => {
      complaint = `${complaint}${text}`.slice(-2_000);
    });
    createInterface({ input: child.stdout }).on('line', (line) => listen(JSON.parse(line) as FromWorker));
    child.on('error', (error) => died(String(error)));
    child.on('exit', (code, signal) =>
      died(complaint.trim().split('\n').at(-1) || `the judge ended with ${signal ?? `code ${code}`}`),
    );
    // Whoever writes to a judge that has just died hears of its death by its exit.
    child.stdin.on('error', () => {});
    return {
      post: (message) => child.stdin.write(`${JSON.stringify(plain(message))}\n`),
      terminate: () => {
        child.removeAllListeners();
        child.kill('SIGKILL');
      },
    };
  };
}

/** A native judge has no start images and hears no bell: what hangs is ended with its process. */
function plain(message: ToWorker): object {
  return message.type === 'verify' ? message : { type: 'boot', mode: message.mode };
}
