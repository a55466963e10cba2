import { BINARY } from '../kernels/wasm/binary.ts';

/** What the compiled kernels export; pointers are bytes into the memory. See the `.as` files. */
type KernelName =
  | 'adamw'
  | 'addInto'
  | 'attention'
  | 'attentionGradient'
  | 'cachePrefixes'
  | 'decodeAttention'
  | 'drawTokens'
  | 'embed'
  | 'embedGradient'
  | 'klToBase'
  | 'packColumns'
  | 'packTransposed'
  | 'policyLoss'
  | 'product'
  | 'productOfTransposed'
  | 'rmsNorm'
  | 'rmsNormGradient'
  | 'rotary'
  | 'rotaryGradient'
  | 'swiglu'
  | 'swigluGradient'
  | 'targetLogprobs';

type Kernels = Record<KernelName, (...numbers: number[]) => void> & {
  squares: (at: number, count: number) => number;
};

const PAGE = 65_536;
/** Kernels read whole vectors, and may so look a little beyond the last number. */
const SLACK = 64;
/** Address 0 stands for "nothing". */
const START = 1024;

/** The kernels with a memory of their own, in which room is given out like on a stack. */
export class Heap {
  private next = START;

  private constructor(
    private readonly memory: WebAssembly.Memory,
    readonly run: Kernels,
  ) {}

  /** Throws where WebAssembly has no SIMD. */
  static async open(): Promise<Heap> {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const { instance } = await WebAssembly.instantiate(binary(), { env: { memory, log: Math.log } });
    return new Heap(memory, instance.exports as unknown as Kernels);
  }

  /** Room for `count` numbers of four bytes, with whatever was there. Throws a RangeError when memory ends. */
  room(count: number): number {
    const at = this.next;
    this.next = (at + 4 * count + 15) & ~15;
    const missing = this.next + SLACK - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE));
    return at;
  }

  zeros(count: number): number {
    const at = this.room(count);
    this.floats(at, count).fill(0);
    return at;
  }

  /** Copies numbers into the memory. */
  put(values: Float32Array | Int32Array): number {
    const at = this.room(values.length);
    const view =
      values instanceof Float32Array ? this.floats(at, values.length) : this.integers(at, values.length);
    view.set(values);
    return at;
  }

  /** Copies `count` numbers of four bytes from one place to another. */
  copy(from: number, to: number, count: number): void {
    new Uint8Array(this.memory.buffer).copyWithin(to, from, from + 4 * count);
  }

  /** Runs `work` and takes back all room that it was given. */
  scoped<T>(work: () => T): T {
    const before = this.next;
    try {
      return work();
    } finally {
      this.next = before;
    }
  }

  /** The numbers in place; valid until the next room is asked for, since the memory may grow. */
  floats(at: number, count: number): Float32Array {
    return new Float32Array(this.memory.buffer, at, count);
  }

  integers(at: number, count: number): Int32Array {
    return new Int32Array(this.memory.buffer, at, count);
  }

  doubles(at: number, count: number): Float64Array {
    return new Float64Array(this.memory.buffer, at, count);
  }

  /** Bytes of the memory; it never shrinks. */
  get bytes(): number {
    return this.memory.buffer.byteLength;
  }
}

/** Whether the kernels can run here: they need SIMD. */
export function kernelsRun(): boolean {
  return typeof WebAssembly !== 'undefined' && WebAssembly.validate(binary());
}

function binary(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(BINARY), (character) => character.charCodeAt(0));
}
