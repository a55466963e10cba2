/** Threads in Node, for commands and tests. */
import { Worker } from 'node:worker_threads';
import type { FromThread, Spawn } from './protocol.ts';

/** Threads are those of `worker_threads`. */
export const spawnNodeThread: Spawn = (listen, died) => {
  const worker = new Worker(new URL('./nodeThread.mjs', import.meta.url), { execArgv: [] });
  worker.on('message', (message: FromThread) => {
    if (message.type === 'done' || message.type === 'failed') worker.unref();
    listen(message);
  });
  worker.on('error', (error) => died(String(error)));
  worker.on('exit', (code) => died(`the thread ended with code ${code}`));
  // Node waits for a thread that computes; an idle engine that nobody disposes of does not keep it alive.
  worker.unref();
  return {
    post: (message) => {
      if (message.type === 'shard') worker.ref();
      worker.postMessage(message);
    },
    terminate: () => {
      worker.removeAllListeners();
      void worker.terminate();
    },
  };
};
