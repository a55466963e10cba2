/** A sandbox worker in Node. For tests and tools: Node's Pyodide is no security boundary, the browser's is. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadPyodide } from 'pyodide';
import { capHeap, startInterpreter, type VerifierSources } from './interpreter.ts';
import { createJudge } from './judge.ts';
import type { ToWorker } from './protocol.ts';

const port = parentPort;
if (!port) throw new Error('nodeWorker.ts runs in a worker thread only');
const { sources } = workerData as { sources: VerifierSources };

capHeap();
const handle = createJudge(
  (options) => startInterpreter({ ...options, loadPyodide, config: {}, sources }),
  (message) => port.postMessage(message),
);
port.on('message', (message: ToWorker) => handle(message));
