/** How near our matrix products come to what one core can do. */
import { Heap } from '../../src/reasoner/wasm/heap.ts';
import { ratios, type Spread, spread } from '../statistics.ts';
import { BINARY } from './kernels/binary.ts';
import { rate } from './rate.ts';

interface ProductFigures {
  name: string;
  /** Rows, columns, and what is summed over. */
  shape: [m: number, n: number, k: number];
  gflops: Spread;
  /** Of the peak, measured in the same round. */
  share: Spread;
}

export interface PeakFigures {
  /** Independent multiplications and additions, GFLOP/s. */
  peak: Spread;
  products: ProductFigures[];
}

/** `small`: queries, keys and values, and gate and up, of 240 positions; the gradient of the former. */
const SHAPES = [
  [240, 384, 128],
  [240, 704, 128],
] as const;
/** Positions that the gradient is summed over. */
const TOKENS = 240;

/** A kernel's measurement takes so long in each round. */
const ROUND_MS = 60;
const PEAK_STEPS = 30_000;
const PEAK_OPERATIONS = PEAK_STEPS * 96 * 4 * 2;
/** Numbers that `peak` goes through. */
const RING = 1024;

interface Candidate {
  name: string;
  shape: [number, number, number];
  operations: number;
  run(): void;
}

/** Measures all of them in turn, `rounds` times, on the calling thread. */
export async function measurePeak(rounds: number): Promise<PeakFigures> {
  const theirs = await openRivals();
  const ours = await Heap.open();
  const peak = { run: () => theirs.peak(0, PEAK_STEPS, 4 * RING), operations: PEAK_OPERATIONS };
  const candidates = [
    ...SHAPES.flatMap(([m, n, k]) => [
      theirs.plainProduct(m, n, k),
      packedProduct(ours, m, n, k),
      ...(n === SHAPES[0][1] ? [transposedProduct(ours, k, n, TOKENS)] : []),
    ]),
  ];
  for (const each of [peak, ...candidates]) rate(each, ROUND_MS);
  const peaks: number[] = [];
  const rates = candidates.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    peaks.push(rate(peak, ROUND_MS));
    for (const [i, each] of candidates.entries()) rates[i]!.push(rate(each, ROUND_MS));
  }
  return {
    peak: spread(peaks)!,
    products: candidates.map(({ name, shape }, i) => ({
      name,
      shape,
      gflops: spread(rates[i]!)!,
      share: ratios(rates[i]!, peaks)!,
    })),
  };
}

interface Rivals {
  peak(data: number, steps: number, out: number): void;
  plainProduct(m: number, n: number, k: number): Candidate;
}

/** The kernels of this folder, with room for the largest product. */
async function openRivals(): Promise<Rivals> {
  const memory = new WebAssembly.Memory({ initial: 64 });
  const bytes = Uint8Array.from(atob(BINARY), (character) => character.charCodeAt(0));
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  const exports = instance.exports as unknown as {
    peak(data: number, steps: number, out: number): void;
    plainProduct(a: number, b: number, c: number, m: number, n: number, k: number): void;
  };
  new Float32Array(memory.buffer).set(numbers(memory.buffer.byteLength / 4));
  return {
    peak: exports.peak,
    plainProduct(m, n, k) {
      const b = 4 * m * k;
      const c = b + 4 * k * n;
      return candidate('blocked, nothing packed', m, n, k, () => exports.plainProduct(0, b, c, m, n, k));
    },
  };
}

function packedProduct(heap: Heap, m: number, n: number, k: number): Candidate {
  const [a, b] = [heap.put(numbers(m * k)), heap.put(numbers(k * n))];
  const panels = heap.room(16 * k * Math.ceil(n / 16));
  const c = heap.room(m * n);
  heap.run.packColumns(b, k, n, panels);
  return candidate('`product`', m, n, k, () => heap.run.product(a, panels, 0, c, m, n, k));
}

/** The gradient of a matrix, packing included, as every micro-batch does it. */
function transposedProduct(heap: Heap, m: number, n: number, tokens: number): Candidate {
  const [a, b] = [heap.put(numbers(tokens * m)), heap.put(numbers(tokens * n))];
  const [c, scratch] = [heap.zeros(m * n), heap.room(256 * (m + 16))];
  return candidate('`productOfTransposed`', m, n, tokens, () =>
    heap.run.productOfTransposed(a, b, c, m, n, tokens, scratch),
  );
}

function candidate(name: string, m: number, n: number, k: number, run: () => void): Candidate {
  return { name, shape: [m, n, k], operations: 2 * m * n * k, run };
}

/** Neither zero nor denormal, and of both signs so that sums stay small. */
function numbers(count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => Math.sin(i + 1));
}
