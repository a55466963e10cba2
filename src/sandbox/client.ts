/** The sandbox as seen through a MessagePort: what the trainer worker holds while the pool is in its frame. */
import type { FromPool, Progress, ToPool } from './protocol.ts';
import { NO_STATS, type RunResult, type Sandbox, type SandboxStats } from './sandbox.ts';

interface Call {
  resolve(results: RunResult[]): void;
  reject(error: Error): void;
}

/** Connects to the pool at the other end of a port, which is used for nothing else. */
export function connectSandbox(port: MessagePort): Sandbox {
  let stats: SandboxStats = NO_STATS;
  let failure: string | null = null;
  let lastProgress: Progress | null = null;
  let nextId = 0;
  const calls = new Map<number, Call>();
  const listeners = new Set<(progress: Progress) => void>();
  let start: { resolve(): void; reject(error: Error): void } = { resolve: () => {}, reject: () => {} };
  const started = new Promise<void>((resolve, reject) => {
    start = { resolve, reject };
  });
  // Nobody may be waiting for the start; a failure then shows at the next run.
  started.catch(() => {});

  const send = (message: ToPool) => port.postMessage(message);

  function fail(reason: string): void {
    failure = reason;
    start.reject(new Error(reason));
    for (const call of calls.values()) call.reject(new Error(reason));
    calls.clear();
  }

  port.onmessage = ({ data }: MessageEvent<FromPool>) => {
    if ('stats' in data) stats = data.stats;
    switch (data.type) {
      case 'progress':
        lastProgress = data.progress;
        for (const listener of listeners) listener(data.progress);
        return;
      case 'ready':
        listeners.clear();
        start.resolve();
        return;
      case 'failed':
        fail(data.reason);
        return;
      case 'result':
        calls.get(data.id)?.resolve(data.results);
        calls.delete(data.id);
        return;
      case 'rejected':
        calls.get(data.id)?.reject(new Error(data.reason));
        calls.delete(data.id);
        return;
    }
  };

  return {
    run(requests) {
      if (failure !== null) return Promise.reject(new Error(failure));
      const id = nextId++;
      stats = { ...stats, queued: stats.queued + requests.length };
      return new Promise((resolve, reject) => {
        calls.set(id, { resolve, reject });
        send({ type: 'run', id, requests });
      });
    },
    ready(onProgress) {
      if (onProgress && stats.startMs === null) {
        listeners.add(onProgress);
        if (lastProgress) onProgress(lastProgress);
      }
      return started;
    },
    stats: () => stats,
    close() {
      send({ type: 'close' });
      fail('The sandbox is closed.');
      port.close();
    },
  };
}
