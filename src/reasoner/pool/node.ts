/** Threads in Node, for commands and tests. */
import { Worker } from 'node:worker_threads';
import type { FromThread, Spawn } from './protocol.ts';

/** Threads are those of `worker_threads`. */
export const spawnNodeThread: Spawn = (listen, died) => {
  const worker = new Worker(new URL('./nodeThread.mjs', import.meta.url), { execArgv: [] });
  worker.on('message', (message: FromThread) => listen(message));
  worker.on('error', (error) => died(String(error)));
  worker.on('exit', (code) => died(`the thread ended with code ${code}`));
  // An idle engine that nobody disposes of does not keep Node alive.
  worker.unref();
  return {
    post: (message) => worker.postMessage(message),
    terminate: () => {
      worker.removeAllListeners();
      void worker.terminate();
    },
  };
};
