/**
 * One Python interpreter with the verifier inside, the same in a browser worker and in Node: how it starts
 * (from nothing or from a memory snapshot), and what is shut before the first program.
 */
import type { loadPyodide as LoadPyodide, PyodideAPI } from 'pyodide';
import type { Bell } from './bell.ts';
import type { SandboxMode } from './sandbox.ts';

type PyodideConfig = NonNullable<Parameters<typeof LoadPyodide>[0]>;

/** Modules of the verifier, in the folder `python`. */
export const VERIFIER_MODULES = [
  'allowed',
  'calls',
  'guards',
  'instrument',
  'library',
  'literals',
  'modes',
  'ranges',
  'rewrites',
  'scopes',
  'seeds',
  'source',
  'verifier',
  'walk',
  'watch',
] as const;

/** Python sources of the verifier by module name. */
export type VerifierSources = Record<(typeof VERIFIER_MODULES)[number], string>;

export interface InterpreterOptions {
  loadPyodide: typeof LoadPyodide;
  /** Where this environment finds Pyodide's files. */
  config: PyodideConfig;
  sources: VerifierSources;
  /** Starts from this image instead of from nothing. */
  snapshot: Uint8Array | null;
  /** Makes an image for the next start; only when not itself started from one. */
  makeSnapshot: boolean;
  /** Python's hash seed: the order of sets of strings depends on it. */
  hashSeed: number;
  mode: SandboxMode;
  bell: Bell | null;
}

export interface Interpreter {
  /** JSON in, JSON out: `verify` of verifier.py. Throws when the interpreter itself has died. */
  verify(batch: string): string;
  /** Empty, or what a program changed that another could see. */
  check(): string;
  /** Puts all of Python's memory back to what it was before the first program. Only without the allow-list. */
  restore: (() => void) | null;
  snapshot: Uint8Array | null;
  heapBytes(): number;
}

/** A heap beyond this many bytes is refused to programs as a clean MemoryError. */
const HEAP_LIMIT = 256 * 2 ** 20;

/**
 * Modules that lead out of Python. `None` in sys.modules makes every import of them fail, the finders that would
 * make `js` again are removed, and what is left of Pyodide's own modules is emptied: whoever finds them in the
 * heap finds nothing in them.
 */
const SHUT = `
import gc
import sys
OUTSIDE = ('js', 'pyodide_js', 'pyodide', '_pyodide', '_pyodide_core', 'pyodide_kernel')
SYSTEM = ('ctypes', '_ctypes', 'socket', '_socket', 'asyncio', 'webbrowser', 'subprocess', 'threading')

def shut(kept):
    for finder in sys.meta_path:
        if hasattr(finder, 'jsproxies'):
            finder.jsproxies.clear()
    sys.meta_path[:] = [finder for finder in sys.meta_path if 'pyodide' not in getattr(finder, '__module__', '')]
    closed = [name for name in OUTSIDE + SYSTEM if name != kept]
    for name, module in list(sys.modules.items()):
        top = name.split('.')[0]
        if top in closed:
            sys.modules[name] = None
            if top in OUTSIDE and type(module) is type(sys):
                vars(module).clear()
    for name in closed:
        sys.modules[name] = None
    # Python keeps a copy of what was in a built-in module, for the next import of it.
    for each in gc.get_objects():
        if type(each) is dict and each.get('__name__') == '_pyodide_core':
            each.clear()

shut
`;

/**
 * Built-in modules that are not loaded by now, `_pyodide_core` and `_ctypes` among them, can never be. The parser
 * asks for one of them itself, for names in letters beyond ASCII.
 */
const NO_MORE_MODULES = `
import _imp
import unicodedata
for name in ('create_builtin', 'exec_builtin', 'create_dynamic', 'exec_dynamic'):
    delattr(_imp, name)
`;

const LOAD = `
import sys
sys.path.insert(0, '/kelvin')
import verifier
sys.path.remove('/kelvin')
`;

/** Makes every later growth of a WebAssembly memory beyond the limit fail. Call once, before any start. */
export function capHeap(): void {
  const prototype = WebAssembly.Memory.prototype;
  const grow = prototype.grow;
  prototype.grow = function (this: WebAssembly.Memory, pages: number): number {
    if (this.buffer.byteLength + pages * 65536 > HEAP_LIMIT)
      throw new RangeError('The heap limit is reached');
    return grow.call(this, pages);
  };
}

/** Starts an interpreter. Rejects when Pyodide does not load. */
export async function startInterpreter(options: InterpreterOptions): Promise<Interpreter> {
  const makeSnapshot = options.makeSnapshot && options.snapshot === null;
  const python: PyodideAPI = await options.loadPyodide({
    ...options.config,
    // An object without a prototype: `js` then leads nowhere.
    jsglobals: Object.create(null) as object,
    // Language and zone are not the visitor's: verdicts are the same on every machine.
    env: {
      PYTHONHASHSEED: String(options.hashSeed),
      HOME: '/',
      LANG: 'C.UTF-8',
      TZ: 'UTC',
      PYTHONDONTWRITEBYTECODE: '1',
    },
    stdin: () => undefined as unknown as string,
    stdout: () => {},
    stderr: () => {},
    ...(makeSnapshot ? { _makeSnapshot: true } : {}),
    ...(options.snapshot ? { _loadSnapshot: options.snapshot } : {}),
  });
  if (options.snapshot === null) {
    python.FS.mkdirTree('/kelvin');
    for (const [name, source] of Object.entries(options.sources)) {
      python.FS.writeFile(`/kelvin/${name}.py`, source);
    }
    python.runPython(LOAD);
  }
  const snapshot = makeSnapshot ? python.makeMemorySnapshot() : null;
  const verifier = python.runPython('verifier');
  verifier.configure(options.mode, options.hashSeed);
  const verify = verifier.verify as (batch: string) => string;
  const check = verifier.check as () => string;
  if (options.mode !== 'stdlib') python.runPython(NO_MORE_MODULES);
  if (options.bell) {
    verifier.guards.heed_interrupts();
    // Pyodide asks it for element 0 and nothing else.
    python.setInterruptBuffer(options.bell as unknown as Int32Array);
  }
  // Called and not run as text: that takes what is emptied here. The library's queues and loggers need the locks
  // of `threading`; no thread can start in wasm.
  python.runPython(SHUT)(options.mode === 'stdlib' ? 'threading' : '');
  verifier.settle();
  const restore = options.mode === 'bare' || options.mode === 'stdlib' ? keepMemory(python) : null;
  return { verify, check, restore, snapshot, heapBytes: () => heapOf(python).length };
}

/** Returns what puts the memory back to what it is now. */
function keepMemory(python: PyodideAPI): () => void {
  const image = heapOf(python).slice();
  return () => {
    const heap = heapOf(python);
    heap.set(image);
    heap.fill(0, image.length);
  };
}

function heapOf(python: PyodideAPI): Uint8Array {
  return (python as unknown as { _module: { HEAPU8: Uint8Array } })._module.HEAPU8;
}
