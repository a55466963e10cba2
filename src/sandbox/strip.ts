/**
 * Takes from a worker's global scope everything that is not the language itself: network, storage, messages,
 * further workers, eval. Whoever reaches JavaScript from Python finds an empty house.
 */

/** Globals of ECMAScript, and the few of the platform that Pyodide needs and that reach nothing. */
const KEPT: ReadonlySet<string> = new Set(
  `Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol Date Promise
  RegExp Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError SuppressedError
  globalThis JSON Math Intl ArrayBuffer Atomics Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array
  Float16Array Float32Array Float64Array Uint8ClampedArray BigUint64Array BigInt64Array DataView Map BigInt Set
  Iterator WeakMap WeakSet WeakRef Proxy Reflect FinalizationRegistry DisposableStack AsyncDisposableStack
  decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape isFinite isNaN console
  WebAssembly self location navigator performance crypto TextDecoder TextEncoder URL setTimeout clearTimeout
  WorkerGlobalScope`.split(/\s+/),
);

/**
 * Call once, before Python starts. What cannot be removed is replaced; returns the names of what can be
 * neither, which is nothing in any browser that the tests run in.
 */
export function stripGlobals(): string[] {
  const left: string[] = [];
  for (
    let scope: object | null = globalThis;
    scope && scope !== Object.prototype;
    scope = Object.getPrototypeOf(scope)
  ) {
    for (const name of Object.getOwnPropertyNames(scope)) {
      if (KEPT.has(name) || name === 'constructor') continue;
      // Numbers such as TEMPORARY stay fixed in their place and lead nowhere.
      if (!remove(scope, name) && typeof Reflect.get(scope, name) !== 'number') left.push(name);
    }
  }
  // Read only by Pyodide's start: the language, and whether this is a worker.
  replace('navigator', Object.freeze({ userAgent: 'Chrome', language: 'en', hardwareConcurrency: 1 }));
  replace(
    'location',
    Object.freeze({ href: 'https://sandbox.invalid/', toString: () => 'https://sandbox.invalid/' }),
  );
  const random = crypto.getRandomValues.bind(crypto);
  replace('crypto', Object.freeze({ getRandomValues: random }));
  return left;
}

function remove(scope: object, name: string): boolean {
  try {
    if (Reflect.deleteProperty(scope, name)) return true;
    Object.defineProperty(scope, name, { value: undefined });
    return true;
  } catch {
    return false;
  }
}

function replace(name: string, value: unknown): void {
  for (let scope: object | null = globalThis; scope; scope = Object.getPrototypeOf(scope)) {
    Reflect.deleteProperty(scope, name);
  }
  Reflect.defineProperty(globalThis, name, { value, configurable: true });
}
