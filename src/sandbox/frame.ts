/**
 * The script of the sandbox frame. The frame has an opaque origin and a policy that forbids connections; it
 * holds the pool and starts the workers, from text that the page handed in.
 */
import type { VerifierSources } from './interpreter.ts';
import type { Spawn } from './member.ts';
import { type PoolOptions, SandboxPool } from './pool.ts';
import type { FromPool, FromWorker } from './protocol.ts';
import { serveSandbox } from './serve.ts';
import type { WorkerStart } from './worker.ts';

export interface PyodideFiles {
  /** Text of pyodide.asm.mjs. */
  asm: string;
  wasm: ArrayBuffer;
  stdlib: ArrayBuffer;
  /** Text of pyodide-lock.json. */
  lock: string;
}

/** The one message from the page; the port to the client comes with it. */
export interface FrameStart {
  files: PyodideFiles;
  workerScript: string;
  verifierSources: VerifierSources;
  pool: PoolOptions;
}

addEventListener('message', function start(event: MessageEvent<FrameStart>) {
  const port = event.ports[0];
  if (event.source !== parent || !port) return;
  removeEventListener('message', start);
  open(event.data, port).catch((error: unknown) => {
    const failed: FromPool = { type: 'failed', reason: `Python could not be started: ${String(error)}.` };
    port.postMessage(failed);
  });
});

async function open(start: FrameStart, port: MessagePort): Promise<void> {
  const module = await WebAssembly.compile(start.files.wasm);
  const address = URL.createObjectURL(
    new Blob([classicScript(start.files.asm), start.workerScript], { type: 'text/javascript' }),
  );
  const spawn: Spawn = (listen, died) => {
    const worker = new Worker(address);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<FromWorker>) => listen(data);
    worker.onerror = (error) => died(error.message ?? 'the worker failed');
    const first: WorkerStart = {
      module,
      stdlib: start.files.stdlib,
      lock: start.files.lock,
      sources: start.verifierSources,
    };
    worker.postMessage(first, [port2]);
    return {
      post: (message) => port1.postMessage(message),
      terminate: () => {
        worker.terminate();
        port1.close();
      },
    };
  };
  serveSandbox(new SandboxPool(spawn, start.pool), port);
}

/**
 * pyodide.asm.mjs as a classic script that leaves its factory in `createPyodideModule`: a module worker cannot
 * be started from a blob in an opaque origin. The `;` ends the last statement before the worker's own script.
 */
function classicScript(module: string): string {
  // A classic worker that can import scripts is refused by Pyodide, and nothing here needs to.
  const before = 'delete self.importScripts; self.importScripts = undefined;';
  const body = module
    .replaceAll('import.meta.url', '"https://sandbox.invalid/"')
    .replace(/export\s+default\s+(\w+)\s*;?\s*$/, 'self.createPyodideModule = $1;');
  return `${before}\n${body}\n;\n`;
}
