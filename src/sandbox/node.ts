/** The sandbox in Node, for tests and tools. The same verifier and pool as in the browser, without its walls. */
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { VERIFIER_MODULES, type VerifierSources } from './interpreter.ts';
import type { Spawn } from './member.ts';
import { type PoolOptions, SandboxPool } from './pool.ts';
import type { FromWorker } from './protocol.ts';
import type { Sandbox } from './sandbox.ts';

/** Reads the Python sources of the verifier. */
function readVerifierSources(): VerifierSources {
  const read = (name: string) => readFileSync(new URL(`./python/${name}.py`, import.meta.url), 'utf8');
  return Object.fromEntries(VERIFIER_MODULES.map((name) => [name, read(name)])) as VerifierSources;
}

/** Judges with Pyodide, each in a worker thread of its own. */
export function nodeThreads(): Spawn {
  const sources = readVerifierSources();
  return (listen, died) => {
    const worker = new Worker(new URL('./nodeWorker.mjs', import.meta.url), {
      execArgv: [],
      workerData: { sources },
    });
    worker.on('message', (message: FromWorker) => listen(message));
    worker.on('error', (error) => died(String(error)));
    worker.on('exit', (code) => died(`the worker ended with code ${code}`));
    return {
      post: (message) => worker.postMessage(message),
      terminate: () => {
        worker.removeAllListeners();
        void worker.terminate();
      },
    };
  };
}

/** Starts a sandbox of worker threads; resolves when it can run programs. Close it, or Node keeps running. */
export async function createNodeSandbox(options: Partial<PoolOptions> = {}): Promise<Sandbox> {
  const pool = new SandboxPool(nodeThreads(), { workers: 1, spares: 0, ...options });
  await pool.ready();
  return pool;
}
