import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../../random.ts';
import { largestDifference } from '../../testing.ts';
import { Bench, numbers, openDevice, PROFILES } from '../../webgpu/testing.ts';
import { decodeProduct } from './decodeProduct.ts';
import { type ProductShape, product } from './matmul.ts';

/** Rows, columns and depth: of size one, odd, prime, aligned, and larger than one workgroup or tile. */
const SHAPES = [
  [1, 1, 1],
  [3, 5, 7],
  [8, 12, 16],
  [37, 41, 43],
  [67, 68, 20],
] as const;

/** C[i, j] = Σ a(i, k) · b(k, j), in doubles. */
function plain(
  m: number,
  n: number,
  k: number,
  a: (i: number, k: number) => number,
  b: (k: number, j: number) => number,
): Float32Array {
  const c = new Float32Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let l = 0; l < k; l++) sum += a(i, l) * b(l, j);
      c[i * n + j] = sum;
    }
  }
  return c;
}

let device: GPUDevice;
beforeAll(async () => {
  device = await openDevice();
});
afterAll(() => device.destroy());

describe.each(PROFILES)('products, $name', ({ profile }) => {
  const run = async (shape: ProductShape, tokens: number, prefixTokens: number, inputs: Float32Array[]) => {
    const { program, groupRows, groupColumns } = product(shape, profile);
    const rows = shape.form === 'tn' ? shape.m! : tokens - (shape.range === 'rows' ? prefixTokens : 0);
    const grid = [Math.ceil(shape.n / groupColumns), Math.ceil(rows / groupRows), shape.slices ?? 1] as const;
    const [c] = await new Bench(device, profile).run(program, { tokens, prefixTokens }, inputs, grid, [2]);
    return c!;
  };

  it.each(SHAPES)('activations times weights, %i x %i over %i', async (m, n, k) => {
    const random = new Random(1);
    const [a, b, r] = [numbers(random, m * k), numbers(random, k * n), numbers(random, m * n)];
    const want = plain(
      m,
      n,
      k,
      (i, l) => a[i * k + l]!,
      (l, j) => b[l * n + j]!,
    );
    const shape: ProductShape = { form: 'nn', n, k, range: 'all' };
    expect(largestDifference(await run(shape, m, 0, [a, b, new Float32Array(m * n)]), want)).toBeLessThan(
      1e-5,
    );
    const added = await run({ ...shape, residual: true }, m, 0, [a, b, new Float32Array(m * n), r]);
    expect(
      largestDifference(
        added,
        want.map((value, i) => value + r[i]!),
      ),
    ).toBeLessThan(1e-5);
  });

  it.each(SHAPES)('gradients times weights transposed, %i x %i over %i', async (m, n, k) => {
    const random = new Random(2);
    const [a, b] = [numbers(random, m * k), numbers(random, n * k)];
    const want = plain(
      m,
      n,
      k,
      (i, l) => a[i * k + l]!,
      (l, j) => b[j * k + l]!,
    );
    const got = await run({ form: 'nt', n, k, range: 'all' }, m, 0, [a, b, new Float32Array(m * n)]);
    expect(largestDifference(got, want)).toBeLessThan(1e-5);
  });

  it.each(SHAPES)('weight gradients, %i x %i over %i positions', async (m, n, k) => {
    const random = new Random(3);
    const [a, b] = [numbers(random, k * m), numbers(random, k * n)];
    const want = plain(
      m,
      n,
      k,
      (i, l) => a[l * m + i]!,
      (l, j) => b[l * n + j]!,
    );
    // The slices' results lie a stride apart; the gap must stay as it was.
    const stride = 4 * Math.ceil((m * n) / 4) + 4;
    const before = new Float32Array(3 * stride).fill(7);
    const shape: ProductShape = { form: 'tn', m, n, range: 'all', slices: 3, sliceStride: stride };
    const got = await run(shape, k, 0, [a, b, before]);
    const sum = want.map((_, i) => got[i]! + got[stride + i]! + got[2 * stride + i]!);
    expect(largestDifference(sum, want)).toBeLessThan(1e-5);
    expect(got.subarray(m * n, stride)).toEqual(before.subarray(m * n, stride));
    const added = await run({ ...shape, add: true }, k, 0, [a, b, before]);
    expect(
      largestDifference(
        added,
        got.map((value, i) => (i % stride < m * n ? value + 7 : value)),
      ),
    ).toBeLessThan(1e-5);
  });

  it('leaves the positions of prefixes alone when it runs over rows', async () => {
    const random = new Random(4);
    const [m, n, k, prefix] = [11, 6, 9, 4];
    const [a, b] = [numbers(random, m * k), numbers(random, k * n)];
    const want = plain(
      m,
      n,
      k,
      (i, l) => a[i * k + l]!,
      (l, j) => b[l * n + j]!,
    ).fill(7, 0, prefix * n);
    const before = new Float32Array(m * n).fill(7);
    expect(
      largestDifference(await run({ form: 'nn', n, k, range: 'rows' }, m, prefix, [a, b, before]), want),
    ).toBeLessThan(1e-5);
    const gradient = await run(
      { form: 'tn', m: k, n: k, range: 'rows', slices: 2, sliceStride: 84 },
      m,
      prefix,
      [a, a, new Float32Array(168)],
    );
    const sum = plain(
      k,
      k,
      m - prefix,
      (i, l) => a[(l + prefix) * k + i]!,
      (l, j) => a[(l + prefix) * k + j]!,
    );
    expect(
      largestDifference(
        sum.map((_, i) => gradient[i]! + gradient[84 + i]!),
        sum,
      ),
    ).toBeLessThan(1e-5);
  });
});

describe('products of one position per row', () => {
  const epsilon = 1e-5;
  const silu = (x: number) => x / (1 + Math.exp(-x));
  const grid = (rows: number, n: number) => [Math.ceil(n / 32), Math.ceil(rows / 32)] as const;

  it.each(SHAPES)('with the norm before them, %i x %i over %i', async (m, n, k) => {
    const random = new Random(5);
    const [x, w, gain] = [numbers(random, m * k), numbers(random, k * n), numbers(random, k)];
    const scale = (i: number) =>
      1 / Math.sqrt(x.subarray(i * k, (i + 1) * k).reduce((s, v) => s + v * v, 0) / k + epsilon);
    const want = plain(
      m,
      n,
      k,
      (i, l) => x[i * k + l]! * scale(i) * gain[l]!,
      (l, j) => w[l * n + j]!,
    );
    const bench = new Bench(device, { cooperative: false });
    const inputs = [x, w, new Float32Array(m * n), gain];
    const [got] = await bench.run(decodeProduct({ k, n, epsilon }), { tokens: m }, inputs, grid(m, n), [2]);
    expect(largestDifference(got!, want)).toBeLessThan(2e-5);
    const turned = Float32Array.from({ length: k * n }, (_, i) => w[(i % k) * n + Math.floor(i / k)]!);
    const program = decodeProduct({ k, n, epsilon, transposed: true });
    const [tied] = await bench.run(
      program,
      { tokens: m },
      [x, turned, new Float32Array(m * n), gain],
      grid(m, n),
      [2],
    );
    expect(largestDifference(tied!, want)).toBeLessThan(2e-5);
  });

  it.each(SHAPES)('with norm and SwiGLU, %i x %i over %i', async (m, n, k) => {
    const random = new Random(6);
    const [x, w, gain] = [numbers(random, m * k), numbers(random, k * 2 * n), numbers(random, k)];
    const scale = (i: number) =>
      1 / Math.sqrt(x.subarray(i * k, (i + 1) * k).reduce((s, v) => s + v * v, 0) / k + epsilon);
    const both = plain(
      m,
      2 * n,
      k,
      (i, l) => x[i * k + l]! * scale(i) * gain[l]!,
      (l, j) => w[l * 2 * n + j]!,
    );
    const want = Float32Array.from({ length: m * n }, (_, i) => {
      const at = Math.floor(i / n) * 2 * n + (i % n);
      return silu(both[at]!) * both[at + n]!;
    });
    const program = decodeProduct({ k, n, epsilon, swiglu: true });
    const inputs = [x, w, new Float32Array(m * n), gain];
    const [got] = await new Bench(device, { cooperative: false }).run(
      program,
      { tokens: m },
      inputs,
      grid(m, n),
      [2],
    );
    expect(largestDifference(got!, want)).toBeLessThan(2e-5);
  });

  it.each(SHAPES)('with a residual, %i x %i over %i', async (m, n, k) => {
    const random = new Random(7);
    const [x, w, r] = [numbers(random, m * k), numbers(random, k * n), numbers(random, m * n)];
    const want = plain(
      m,
      n,
      k,
      (i, l) => x[i * k + l]!,
      (l, j) => w[l * n + j]!,
    ).map((value, i) => value + r[i]!);
    const inputs = [x, w, new Float32Array(m * n), r];
    const [got] = await new Bench(device, { cooperative: false }).run(
      decodeProduct({ k, n, residual: true }),
      { tokens: m },
      inputs,
      grid(m, n),
      [2],
    );
    expect(largestDifference(got!, want)).toBeLessThan(1e-5);
  });
});
