import { describe, expect, it } from 'vitest';
import { expectSlices, numbers, openBenches, PROFILES } from '../../../../test/reasoner/webgpu.ts';
import { largestDifference } from '../../../../test/reasoner/weights.ts';
import { scaled } from '../../../../test/scale.ts';
import { Random } from '../../../random.ts';
import { decodeProduct } from './decodeProduct.ts';
import { type ProductShape, product } from './matmul.ts';

/** Rows, columns and depth: of size one, odd, prime, aligned, and larger than one workgroup or tile. */
const [SINGLE, ODD, ALIGNED, PRIME, LARGE] = [
  [1, 1, 1],
  [3, 5, 7],
  [8, 12, 16],
  [37, 41, 43],
  [67, 68, 20],
] as const;
const SHAPES = scaled<readonly (readonly [number, number, number])[]>(
  [SINGLE, ODD, ALIGNED, PRIME, LARGE],
  [ODD, LARGE],
);

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

const bench = openBenches();

describe.each(PROFILES)('products, $name', ({ profile }) => {
  // Tiles take long to compile on a software adapter.
  const shapes = profile.cooperative ? scaled([SINGLE, PRIME, LARGE], [PRIME]) : SHAPES;
  const run = async (
    shape: ProductShape,
    inputs: Float32Array[],
    batch: { tokens: number; prefixTokens?: number; accumulate?: boolean },
  ) => {
    const { program, groupRows, groupColumns } = product(shape, profile);
    const first = shape.range === 'rows' ? batch.prefixTokens! : 0;
    const rows = shape.form === 'tn' ? shape.m! : batch.tokens - first;
    const grid = [Math.ceil(shape.n / groupColumns), Math.ceil(rows / groupRows), shape.slices ?? 1] as const;
    const [c] = await bench(profile).run(program, batch, inputs, grid, [2]);
    return c!;
  };

  // In tiles, one of the products over rows (below) is the one without a residual.
  it.each(shapes)('activations times weights, %i x %i over %i', async (m, n, k) => {
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
    const c = new Float32Array(m * n);
    if (!profile.cooperative) {
      expect(largestDifference(await run(shape, [a, b, c], { tokens: m }), want)).toBeLessThan(1e-5);
    }
    const added = await run({ ...shape, residual: true }, [a, b, c, r], { tokens: m });
    const sum = want.map((value, i) => value + r[i]!);
    expect(largestDifference(added, sum)).toBeLessThan(1e-5);
  });

  it.each(shapes)('gradients times weights transposed, %i x %i over %i', async (m, n, k) => {
    const random = new Random(2);
    const [a, b] = [numbers(random, m * k), numbers(random, n * k)];
    const want = plain(
      m,
      n,
      k,
      (i, l) => a[i * k + l]!,
      (l, j) => b[j * k + l]!,
    );
    const got = await run({ form: 'nt', n, k, range: 'all' }, [a, b, new Float32Array(m * n)], {
      tokens: m,
    });
    expect(largestDifference(got, want)).toBeLessThan(1e-5);
  });

  it.each(shapes)('weight gradients, %i x %i over %i positions', async (m, n, k) => {
    const random = new Random(3);
    const [a, b] = [numbers(random, k * m), numbers(random, k * n)];
    const want = plain(
      m,
      n,
      k,
      (i, l) => a[l * m + i]!,
      (l, j) => b[l * n + j]!,
    );
    const stride = 4 * Math.ceil((m * n) / 4) + 4;
    const shape: ProductShape = { form: 'tn', m, n, range: 'all', slices: 3, sliceStride: stride };
    const slices = { slices: 3, stride, tolerance: 2e-5 };
    await expectSlices(
      (accumulate, before) => run(shape, [a, b, before], { tokens: k, accumulate }),
      want,
      slices,
    );
    if (!profile.cooperative) {
      await expectSlices(
        (add, before) => run({ ...shape, add }, [a, b, before], { tokens: k }),
        want,
        slices,
      );
    }
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
    const batch = { tokens: m, prefixTokens: prefix };
    expect(
      largestDifference(await run({ form: 'nn', n, k, range: 'rows' }, [a, b, before], batch), want),
    ).toBeLessThan(1e-5);
    const gradient = await run(
      { form: 'tn', m: k, n: k, range: 'rows', slices: 2, sliceStride: 84, add: true },
      [a, a, new Float32Array(168)],
      batch,
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
    const inputs = [x, w, new Float32Array(m * n), gain];
    const [got] = await bench().run(decodeProduct({ k, n, epsilon }), { tokens: m }, inputs, grid(m, n), [2]);
    expect(largestDifference(got!, want)).toBeLessThan(2e-5);
    const turned = Float32Array.from({ length: k * n }, (_, i) => w[(i % k) * n + Math.floor(i / k)]!);
    const program = decodeProduct({ k, n, epsilon, transposed: true });
    const [tied] = await bench().run(
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
    const [got] = await bench().run(program, { tokens: m }, inputs, grid(m, n), [2]);
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
    const [got] = await bench().run(
      decodeProduct({ k, n, residual: true }),
      { tokens: m },
      inputs,
      grid(m, n),
      [2],
    );
    expect(largestDifference(got!, want)).toBeLessThan(1e-5);
  });
});
