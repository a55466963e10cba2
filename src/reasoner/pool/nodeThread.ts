/** A thread of the engine in Node. */
import { parentPort } from 'node:worker_threads';
import type { ToThread } from './protocol.ts';
import { serveShards } from './serve.ts';

const handle = serveShards((message, transfer) => parentPort?.postMessage(message, transfer));
parentPort?.on('message', (message: ToThread) => handle(message));
