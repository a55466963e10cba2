/**
 * A sandbox worker in the browser. Takes Pyodide's files from its first message, gives up everything a page
 * could do, and only then starts Python.
 */
import { loadPyodide } from 'pyodide';
import { capHeap, startInterpreter, type VerifierSources } from './interpreter.ts';
import { createJudge } from './judge.ts';
import type { ToWorker } from './protocol.ts';
import { stripGlobals } from './strip.ts';

/** The one message from the frame; the port to the pool comes with it. */
export interface WorkerStart {
  module: WebAssembly.Module;
  stdlib: ArrayBuffer;
  /** Text of pyodide-lock.json. */
  lock: string;
  sources: VerifierSources;
}

type CreateModule = NonNullable<NonNullable<Parameters<typeof loadPyodide>[0]>['createPyodideModule']>;

addEventListener('message', function begin({ data, ports }: MessageEvent<WorkerStart>) {
  const port = ports[0];
  if (!port) return;
  removeEventListener('message', begin);
  const scope = globalThis as unknown as { createPyodideModule: CreateModule };
  const createPyodideModule = scope.createPyodideModule;
  capHeap();
  stripGlobals();
  serveFiles(data);
  const handle = createJudge(
    (options) =>
      startInterpreter({
        ...options,
        loadPyodide,
        config: {
          createPyodideModule,
          indexURL: 'https://sandbox.invalid/',
          lockFileContents: JSON.parse(data.lock),
          packageBaseUrl: 'https://sandbox.invalid/',
        },
        sources: data.sources,
      }),
    (message) => port.postMessage(message),
  );
  port.onmessage = (message: MessageEvent<ToWorker>) => handle(message.data);
});

/** Pyodide fetches its files by address; here two functions that know no network answer it. */
function serveFiles({ module, stdlib }: WorkerStart): void {
  Object.defineProperty(globalThis, 'fetch', {
    value: async () => ({ ok: true, arrayBuffer: async () => stdlib }),
    configurable: true,
  });
  WebAssembly.instantiateStreaming = async (_source, imports) => ({
    module,
    instance: await WebAssembly.instantiate(module, imports),
  });
}
