/**
 * The page's end of the sandbox. Builds the frame that programs live behind and hands it everything it needs:
 * the frame has an opaque origin and a policy without connections, so it can fetch nothing itself.
 */
import { PYODIDE_FILES } from './files.ts';
import type { FrameStart, PyodideFiles } from './frame.ts';
import type { PoolOptions } from './pool.ts';
import type { FromPool } from './protocol.ts';

/** How far the download is; the shape of the page's own progress reports. */
interface DownloadProgress {
  what: 'pyodide';
  label: string;
  /** Bytes. */
  done: number;
  total: number;
  /** Null while unknown. */
  secondsLeft: number | null;
}

/** Options of the pool are handed on to it; by default it has as many workers as the machine can spare. */
export interface MountOptions extends Partial<PoolOptions> {
  /** Address of the folder that holds `pyodide/`. */
  assetBase: string;
  onProgress?: (progress: DownloadProgress | null) => void;
}

/**
 * Mounts the sandbox in the page. `port` speaks to its pool: give it to `connectSandbox`, here or in a worker.
 * Failures to load arrive through the port, as a rejection of `ready()` with a plain sentence.
 */
export function mountSandbox(options: MountOptions): { port: MessagePort; dispose(): void } {
  const { port1, port2 } = new MessageChannel();
  const frame = document.createElement('iframe');
  let disposed = false;
  fill(frame, port2, options, () => disposed)
    .catch((error: Error) => {
      const failed: FromPool = { type: 'failed', reason: error.message };
      port2.postMessage(failed);
    })
    .finally(() => options.onProgress?.(null));
  return {
    port: port1,
    dispose() {
      disposed = true;
      frame.remove();
    },
  };
}

async function fill(
  frame: HTMLIFrameElement,
  port: MessagePort,
  { assetBase, onProgress, ...pool }: MountOptions,
  isDisposed: () => boolean,
): Promise<void> {
  const [{ frameScript, workerScript, verifierSources }, files] = await Promise.all([
    import('./scripts.ts').catch(() => {
      throw new Error('A part of the page did not arrive: the scripts of the sandbox.');
    }),
    fetchFiles(new URL('pyodide/', new URL(assetBase, document.baseURI)), onProgress),
  ]);
  if (isDisposed()) return;
  frame.setAttribute('aria-hidden', 'true');
  frame.title = 'Python sandbox';
  frame.tabIndex = -1;
  frame.hidden = true;
  shut(frame, frameScript);
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  document.body.append(frame);
  await loaded;
  const start: FrameStart = {
    files,
    workerScript,
    verifierSources,
    pool: { ...pool, workers: pool.workers ?? spareCores() },
  };
  // An opaque origin has no name, so '*' is the only address; the message goes to this window alone.
  frame.contentWindow?.postMessage(start, '*', [port, files.wasm, files.stdlib]);
}

/** Fills a frame with a script that has an opaque origin, can connect to nothing and can evaluate nothing. */
export function shut(frame: HTMLIFrameElement, script: string): void {
  const nonce = crypto.getRandomValues(new Uint32Array(4)).join('');
  // No script by address, no eval, no connection; workers only from text that the frame itself holds.
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'wasm-unsafe-eval'`,
    'worker-src blob:',
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  frame.setAttribute('sandbox', 'allow-scripts');
  // Shared memory, where the page itself may have it.
  frame.allow = 'cross-origin-isolated';
  frame.srcdoc = `<!doctype html>${meta}<script nonce="${nonce}">${script.replaceAll('</', '<\\/')}</script>`;
}

function spareCores(): number {
  return Math.max(1, Math.min(4, (navigator.hardwareConcurrency || 2) - 1));
}

/** Fetches Pyodide's files, reporting bytes. Rejects with a plain sentence that names the file. */
async function fetchFiles(base: URL, onProgress: MountOptions['onProgress']): Promise<PyodideFiles> {
  let done = 0;
  let total = 0;
  const began = performance.now();
  const report = () => {
    const seconds = (performance.now() - began) / 1000;
    // The first bytes say little of the pace of the rest.
    const isKnown = seconds > 0.5 && total > done && 10 * done >= total;
    const secondsLeft = isKnown ? Math.ceil((seconds * (total - done)) / done) : null;
    onProgress?.({
      what: 'pyodide',
      label: 'Downloading Python',
      done,
      total: Math.max(total, done),
      secondsLeft,
    });
  };
  const read = async (name: string): Promise<ArrayBuffer> => {
    const sentence = `Python could not be downloaded: ${name}`;
    const response = await fetch(new URL(name, base)).catch(() => {
      throw new Error(`${sentence} did not arrive.`);
    });
    if (!response.ok || !response.body) throw new Error(`${sentence} answered ${response.status}.`);
    const parts: Uint8Array<ArrayBuffer>[] = [];
    // Bytes after decompression, as is the length of what is read; servers that compress give the other.
    if (!response.headers.has('Content-Encoding'))
      total += Number(response.headers.get('Content-Length') ?? 0);
    const reader = response.body.getReader();
    for (;;) {
      const { done: ended, value } = await reader.read();
      if (ended) break;
      parts.push(value);
      done += value.length;
      report();
    }
    return await new Blob(parts).arrayBuffer();
  };
  const [asm, wasm, stdlib, lock] = await Promise.all(PYODIDE_FILES.map(read));
  const decoder = new TextDecoder();
  return {
    asm: decoder.decode(asm),
    wasm: wasm as ArrayBuffer,
    stdlib: stdlib as ArrayBuffer,
    lock: decoder.decode(lock),
  };
}
