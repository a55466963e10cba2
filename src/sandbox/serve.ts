/** The pool's end of a client's port. */
import type { FromPool, ToPool } from './protocol.ts';
import type { Sandbox } from './sandbox.ts';

/** Answers a client (`connectSandbox`) with a pool. */
export function serveSandbox(sandbox: Sandbox, port: MessagePort): void {
  const send = (message: FromPool) => port.postMessage(message);
  port.onmessage = ({ data }: MessageEvent<ToPool>) => {
    if (data.type === 'close') {
      sandbox.close();
      return;
    }
    const { id } = data;
    sandbox.run(data.requests).then(
      (results) => send({ type: 'result', id, results, stats: sandbox.stats() }),
      (error: Error) => send({ type: 'rejected', id, reason: error.message, stats: sandbox.stats() }),
    );
  };
  sandbox
    .ready((progress) => send({ type: 'progress', progress }))
    .then(
      () => send({ type: 'ready', stats: sandbox.stats() }),
      (error: Error) => send({ type: 'failed', reason: error.message }),
    );
}
