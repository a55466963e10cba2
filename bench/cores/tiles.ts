/**
 * How large a tile of the result a core should keep in registers: products of many tiles, written and compiled on the
 * spot, with multiplication and addition apart and fused (relaxed SIMD).
 */
import { setFlagsFromString } from 'node:v8';
import { compile } from '../../src/reasoner/kernels/wasm/build.ts';
import { type Spread, spread } from '../statistics.ts';
import { rate } from './rate.ts';

/** Rows, vectors of four columns, and how often the inner loop is written out. */
const TILES = [
  [2, 2, 1],
  [4, 2, 1],
  [5, 2, 1],
  [6, 2, 1],
  [3, 3, 1],
  [4, 3, 1],
  [2, 4, 1],
  [3, 4, 1],
  [8, 1, 1],
  [2, 4, 2],
  [2, 4, 4],
] as const;

/** Rows and columns that all tiles divide, and a sum as long as `small`'s width. */
const [ROWS, COLUMNS, INNER] = [240, 384, 128];
const ROUND_MS = 40;

interface TileFigures {
  rows: number;
  columns: number;
  unrolled: number;
  fused: boolean;
  gflops: Spread;
}

/** Measures all tiles in turn, `rounds` times. Needs the AssemblyScript compiler, which npx fetches once. */
export async function measureTiles(rounds: number): Promise<TileFigures[]> {
  // Node 20 has it behind a flag.
  setFlagsFromString('--experimental-wasm-relaxed-simd');
  const memory = new WebAssembly.Memory({ initial: 64 });
  const numbers = new Float32Array(memory.buffer);
  for (let i = 0; i < numbers.length; i++) numbers[i] = Math.sin(i + 1);
  const kernels: { tile: Omit<TileFigures, 'gflops'>; run(): void; rates: number[] }[] = [];
  for (const fused of [false, true]) {
    const source = TILES.map(([rows, vectors, turns]) => tileSource(rows, vectors, turns, fused)).join('\n');
    const bytes = compile(new Map([['index', source]]), ['--enable', 'relaxed-simd']);
    const { instance } = await WebAssembly.instantiate(new Uint8Array(bytes), { env: { memory } });
    for (const [rows, vectors, unrolled] of TILES) {
      const multiply = instance.exports[nameOf(rows, vectors, unrolled)] as (...numbers: number[]) => void;
      const b = 4 * ROWS * INNER;
      const c = b + 4 * INNER * COLUMNS;
      const run = () => multiply(0, b, c, ROWS - (ROWS % rows), COLUMNS, INNER);
      kernels.push({ tile: { rows, columns: 4 * vectors, unrolled, fused }, run, rates: [] });
    }
  }
  // The first round compiles, and is left out.
  for (let round = -1; round < rounds; round++) {
    for (const { tile, run, rates } of kernels) {
      const operations = 2 * (ROWS - (ROWS % tile.rows)) * COLUMNS * INNER;
      const gflops = rate({ run, operations }, ROUND_MS);
      if (round >= 0) rates.push(gflops);
    }
  }
  return kernels.map(({ tile, rates }) => ({ ...tile, gflops: spread(rates)! }));
}

const nameOf = (rows: number, vectors: number, turns: number) => `tile${rows}x${4 * vectors}x${turns}`;

/** AssemblyScript of c `[m, n]` = a `[m, k]` · b in panels of the tile's columns; m and n are whole tiles. */
function tileSource(rows: number, vectors: number, turns: number, fused: boolean): string {
  const lines = (count: number, line: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => line(i));
  const add = (sum: string, u: string, w: string) =>
    fused ? `f32x4.relaxed_madd(${u}, ${w}, ${sum})` : `f32x4.add(${sum}, f32x4.mul(${u}, ${w}))`;
  const turn = (t: number) => `{
${lines(vectors, (v) => `const w${v} = v128.load(p, ${16 * (vectors * t + v)});`).join('\n')}
${lines(rows, (r) => {
  const sums = lines(
    vectors,
    (v) => `s${r * vectors + v} = ${add(`s${r * vectors + v}`, `u${r}`, `w${v}`)};`,
  );
  return `const u${r} = v128.load32_splat(a${r} + q, ${4 * t});\n${sums.join('\n')}`;
}).join('\n')}
}`;
  return `
export function ${nameOf(rows, vectors, turns)}(a: usize, b: usize, c: usize, m: i32, n: i32, k: i32): void {
  const aRow = <usize>k << 2;
  const cRow = <usize>n << 2;
  for (let j = 0; j < n; j += ${4 * vectors}) {
    for (let i = 0; i < m; i += ${rows}) {
      const a0 = a + <usize>i * aRow;
${lines(rows - 1, (r) => `const a${r + 1} = a${r} + aRow;`).join('\n')}
${lines(rows * vectors, (i) => `let s${i} = f32x4.splat(0);`).join('\n')}
      let p = b + <usize>j * aRow;
      for (let q: usize = 0; q < aRow; q += ${4 * turns}, p += ${16 * vectors * turns}) {
${lines(turns, turn).join('\n')}
      }
      const to = c + <usize>i * cRow + (<usize>j << 2);
${lines(rows * vectors, (i) => `v128.store(to + ${Math.floor(i / vectors)} * cRow, s${i}, ${16 * (i % vectors)});`).join('\n')}
    }
  }
}
`;
}
