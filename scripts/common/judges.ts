/** The judges of the engine: the page's own, or CPython of this machine, here or elsewhere, all behind the page's own pool. */
import { spawn as startProcess } from 'node:child_process';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Spawn } from '../../src/sandbox/member.ts';
import { nodeThreads } from '../../src/sandbox/node.ts';
import { type PoolOptions, SandboxPool } from '../../src/sandbox/pool.ts';
import type { FromWorker, ToWorker } from '../../src/sandbox/protocol.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';

export const JUDGES = ['pyodide', 'native'] as const;
export type JudgeName = (typeof JUDGES)[number];

const SCRIPT = fileURLToPath(new URL('../../engine/judge/native.py', import.meta.url));

/**
 * Starts judges; resolves when one of them can run programs. One that dies or hangs is replaced, and what it was at
 * gets a verdict. `python` judges natively, CPython 3.12 or later; `line` is the socket behind which Python has judges
 * elsewhere, of either sort. Rejects with a plain sentence when none can start.
 */
export async function openJudges(
  name: JudgeName,
  python: string,
  options: Partial<PoolOptions>,
  line: string | null = null,
): Promise<Sandbox> {
  const spawn = line === null ? judgeHere(name, python) : judgeBehind(line);
  // Memory that a bell needs is shared with threads of this process only; a judge elsewhere has a clock of its own.
  const bell = name === 'native' ? 'none' : line === null ? undefined : 'clock';
  const pool = new SandboxPool(spawn, { workers: 1, spares: 0, bell, ...options });
  await pool.ready();
  return pool;
}

/** A judge on this machine: a thread with Pyodide, or a process of CPython. */
export function judgeHere(name: JudgeName, python: string): Spawn {
  return name === 'pyodide' ? nodeThreads() : nativeJudge(python);
}

/**
 * A judge on another machine: whoever listens on `line` starts one for each connection, passes the messages of
 * `src/sandbox/protocol.ts` to and fro as JSON lines, and ends it with the connection.
 */
function judgeBehind(line: string): Spawn {
  return (listen, died) => {
    const socket = connect(line);
    // What goes wrong closes the line, and only that is news.
    socket.on('error', () => {});
    socket.on('close', () => died('the judge was lost'));
    const lines = createInterface({ input: socket }).on('error', () => {});
    lines.on('line', (text) => listen(JSON.parse(text) as FromWorker));
    return {
      post: (message) => socket.write(`${JSON.stringify(plain(message))}\n`),
      terminate: () => {
        lines.removeAllListeners('line');
        socket.removeAllListeners('close');
        socket.destroy();
      },
    };
  };
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

/** Start images stay where they were made: a judge in another process makes do without. */
function plain(message: ToWorker): ToWorker {
  if (message.type === 'verify') return message;
  return { ...message, snapshots: { main: null, twin: null }, makeSnapshots: false };
}
