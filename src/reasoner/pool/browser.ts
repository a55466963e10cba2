import type { FromThread, Spawn } from './protocol.ts';

/** Threads are Web Workers. */
export const spawnWebWorker: Spawn = (listen, died) => {
  const worker = new Worker(new URL('./thread.ts', import.meta.url), { type: 'module', name: 'engine' });
  worker.onmessage = ({ data }: MessageEvent<FromThread>) => listen(data);
  worker.onerror = (event) => {
    // Otherwise it goes on to whoever owns this worker, as an error that nobody has dealt with.
    event.preventDefault();
    died(event.message || 'it could not be started');
  };
  worker.onmessageerror = () => died('a message could not be read');
  return {
    post: (message) => worker.postMessage(message),
    terminate: () => {
      worker.onmessage = worker.onerror = worker.onmessageerror = null;
      worker.terminate();
    },
  };
};
