/** What the kernels' products are measured beside: the most that a core can do, and a product that does nothing clever. */

/**
 * `steps` times ninety-six multiplications and additions of four numbers each, of which twelve at a time wait for
 * nothing: as fast as a core multiplies and adds. One factor is read from a ring of 1,024 numbers at `data`, else a
 * compiler would see that it always multiplies the same. Writes a sum to `out`, so that nothing can be left out. Eight
 * rounds stand in one turn of the loop, because a turn costs the compiler's check for interrupts.
 */
export function peak(data: usize, steps: i32, out: usize): void {
  const u = f32x4.splat(0.5);
  let a0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let a2 = f32x4.splat(0);
  let a3 = f32x4.splat(0);
  let b0 = f32x4.splat(0);
  let b1 = f32x4.splat(0);
  let b2 = f32x4.splat(0);
  let b3 = f32x4.splat(0);
  let c0 = f32x4.splat(0);
  let c1 = f32x4.splat(0);
  let c2 = f32x4.splat(0);
  let c3 = f32x4.splat(0);
  for (let i = 0; i < steps; i++) {
    const p = data + (<usize>(i & 15) << 8);
    a0 = f32x4.add(a0, f32x4.mul(u, v128.load(p)));
    a1 = f32x4.add(a1, f32x4.mul(u, v128.load(p, 16)));
    a2 = f32x4.add(a2, f32x4.mul(u, v128.load(p, 32)));
    a3 = f32x4.add(a3, f32x4.mul(u, v128.load(p, 48)));
    b0 = f32x4.add(b0, f32x4.mul(u, v128.load(p, 64)));
    b1 = f32x4.add(b1, f32x4.mul(u, v128.load(p, 80)));
    b2 = f32x4.add(b2, f32x4.mul(u, v128.load(p, 96)));
    b3 = f32x4.add(b3, f32x4.mul(u, v128.load(p, 112)));
    c0 = f32x4.add(c0, f32x4.mul(u, v128.load(p, 128)));
    c1 = f32x4.add(c1, f32x4.mul(u, v128.load(p, 144)));
    c2 = f32x4.add(c2, f32x4.mul(u, v128.load(p, 160)));
    c3 = f32x4.add(c3, f32x4.mul(u, v128.load(p, 176)));
    a0 = f32x4.add(a0, f32x4.mul(u, v128.load(p, 64)));
    a1 = f32x4.add(a1, f32x4.mul(u, v128.load(p, 80)));
    a2 = f32x4.add(a2, f32x4.mul(u, v128.load(p, 96)));
    a3 = f32x4.add(a3, f32x4.mul(u, v128.load(p, 112)));
    b0 = f32x4.add(b0, f32x4.mul(u, v128.load(p, 128)));
    b1 = f32x4.add(b1, f32x4.mul(u, v128.load(p, 144)));
    b2 = f32x4.add(b2, f32x4.mul(u, v128.load(p, 160)));
    b3 = f32x4.add(b3, f32x4.mul(u, v128.load(p, 176)));
    c0 = f32x4.add(c0, f32x4.mul(u, v128.load(p, 192)));
    c1 = f32x4.add(c1, f32x4.mul(u, v128.load(p, 208)));
    c2 = f32x4.add(c2, f32x4.mul(u, v128.load(p, 224)));
    c3 = f32x4.add(c3, f32x4.mul(u, v128.load(p, 240)));
    a0 = f32x4.add(a0, f32x4.mul(u, v128.load(p, 128)));
    a1 = f32x4.add(a1, f32x4.mul(u, v128.load(p, 144)));
    a2 = f32x4.add(a2, f32x4.mul(u, v128.load(p, 160)));
    a3 = f32x4.add(a3, f32x4.mul(u, v128.load(p, 176)));
    b0 = f32x4.add(b0, f32x4.mul(u, v128.load(p, 192)));
    b1 = f32x4.add(b1, f32x4.mul(u, v128.load(p, 208)));
    b2 = f32x4.add(b2, f32x4.mul(u, v128.load(p, 224)));
    b3 = f32x4.add(b3, f32x4.mul(u, v128.load(p, 240)));
    c0 = f32x4.add(c0, f32x4.mul(u, v128.load(p)));
    c1 = f32x4.add(c1, f32x4.mul(u, v128.load(p, 16)));
    c2 = f32x4.add(c2, f32x4.mul(u, v128.load(p, 32)));
    c3 = f32x4.add(c3, f32x4.mul(u, v128.load(p, 48)));
    a0 = f32x4.add(a0, f32x4.mul(u, v128.load(p, 192)));
    a1 = f32x4.add(a1, f32x4.mul(u, v128.load(p, 208)));
    a2 = f32x4.add(a2, f32x4.mul(u, v128.load(p, 224)));
    a3 = f32x4.add(a3, f32x4.mul(u, v128.load(p, 240)));
    b0 = f32x4.add(b0, f32x4.mul(u, v128.load(p)));
    b1 = f32x4.add(b1, f32x4.mul(u, v128.load(p, 16)));
    b2 = f32x4.add(b2, f32x4.mul(u, v128.load(p, 32)));
    b3 = f32x4.add(b3, f32x4.mul(u, v128.load(p, 48)));
    c0 = f32x4.add(c0, f32x4.mul(u, v128.load(p, 64)));
    c1 = f32x4.add(c1, f32x4.mul(u, v128.load(p, 80)));
    c2 = f32x4.add(c2, f32x4.mul(u, v128.load(p, 96)));
    c3 = f32x4.add(c3, f32x4.mul(u, v128.load(p, 112)));
    a0 = f32x4.add(a0, f32x4.mul(u, v128.load(p)));
    a1 = f32x4.add(a1, f32x4.mul(u, v128.load(p, 16)));
    a2 = f32x4.add(a2, f32x4.mul(u, v128.load(p, 32)));
    a3 = f32x4.add(a3, f32x4.mul(u, v128.load(p, 48)));
    b0 = f32x4.add(b0, f32x4.mul(u, v128.load(p, 64)));
    b1 = f32x4.add(b1, f32x4.mul(u, v128.load(p, 80)));
    b2 = f32x4.add(b2, f32x4.mul(u, v128.load(p, 96)));
    b3 = f32x4.add(b3, f32x4.mul(u, v128.load(p, 112)));
    c0 = f32x4.add(c0, f32x4.mul(u, v128.load(p, 128)));
    c1 = f32x4.add(c1, f32x4.mul(u, v128.load(p, 144)));
    c2 = f32x4.add(c2, f32x4.mul(u, v128.load(p, 160)));
    c3 = f32x4.add(c3, f32x4.mul(u, v128.load(p, 176)));
    a0 = f32x4.add(a0, f32x4.mul(u, v128.load(p, 64)));
    a1 = f32x4.add(a1, f32x4.mul(u, v128.load(p, 80)));
    a2 = f32x4.add(a2, f32x4.mul(u, v128.load(p, 96)));
    a3 = f32x4.add(a3, f32x4.mul(u, v128.load(p, 112)));
    b0 = f32x4.add(b0, f32x4.mul(u, v128.load(p, 128)));
    b1 = f32x4.add(b1, f32x4.mul(u, v128.load(p, 144)));
    b2 = f32x4.add(b2, f32x4.mul(u, v128.load(p, 160)));
    b3 = f32x4.add(b3, f32x4.mul(u, v128.load(p, 176)));
    c0 = f32x4.add(c0, f32x4.mul(u, v128.load(p, 192)));
    c1 = f32x4.add(c1, f32x4.mul(u, v128.load(p, 208)));
    c2 = f32x4.add(c2, f32x4.mul(u, v128.load(p, 224)));
    c3 = f32x4.add(c3, f32x4.mul(u, v128.load(p, 240)));
    a0 = f32x4.add(a0, f32x4.mul(u, v128.load(p, 128)));
    a1 = f32x4.add(a1, f32x4.mul(u, v128.load(p, 144)));
    a2 = f32x4.add(a2, f32x4.mul(u, v128.load(p, 160)));
    a3 = f32x4.add(a3, f32x4.mul(u, v128.load(p, 176)));
    b0 = f32x4.add(b0, f32x4.mul(u, v128.load(p, 192)));
    b1 = f32x4.add(b1, f32x4.mul(u, v128.load(p, 208)));
    b2 = f32x4.add(b2, f32x4.mul(u, v128.load(p, 224)));
    b3 = f32x4.add(b3, f32x4.mul(u, v128.load(p, 240)));
    c0 = f32x4.add(c0, f32x4.mul(u, v128.load(p)));
    c1 = f32x4.add(c1, f32x4.mul(u, v128.load(p, 16)));
    c2 = f32x4.add(c2, f32x4.mul(u, v128.load(p, 32)));
    c3 = f32x4.add(c3, f32x4.mul(u, v128.load(p, 48)));
    a0 = f32x4.add(a0, f32x4.mul(u, v128.load(p, 192)));
    a1 = f32x4.add(a1, f32x4.mul(u, v128.load(p, 208)));
    a2 = f32x4.add(a2, f32x4.mul(u, v128.load(p, 224)));
    a3 = f32x4.add(a3, f32x4.mul(u, v128.load(p, 240)));
    b0 = f32x4.add(b0, f32x4.mul(u, v128.load(p)));
    b1 = f32x4.add(b1, f32x4.mul(u, v128.load(p, 16)));
    b2 = f32x4.add(b2, f32x4.mul(u, v128.load(p, 32)));
    b3 = f32x4.add(b3, f32x4.mul(u, v128.load(p, 48)));
    c0 = f32x4.add(c0, f32x4.mul(u, v128.load(p, 64)));
    c1 = f32x4.add(c1, f32x4.mul(u, v128.load(p, 80)));
    c2 = f32x4.add(c2, f32x4.mul(u, v128.load(p, 96)));
    c3 = f32x4.add(c3, f32x4.mul(u, v128.load(p, 112)));
  }
  const a = f32x4.add(f32x4.add(a0, a1), f32x4.add(a2, a3));
  const b = f32x4.add(f32x4.add(b0, b1), f32x4.add(b2, b3));
  const c = f32x4.add(f32x4.add(c0, c1), f32x4.add(c2, c3));
  v128.store(out, f32x4.add(f32x4.add(a, b), c));
}

/** Rows of `b` that are gone through together, so that they stay in the fastest cache. */
const BLOCK: i32 = 32;

/**
 * c `[m, n]` = a `[m, k]` · b `[k, n]`, in blocks of k, four columns at a time; n is a multiple of four. Neither side is
 * packed and sums wait in memory, not in registers.
 */
export function plainProduct(a: usize, b: usize, c: usize, m: i32, n: i32, k: i32): void {
  const row = <usize>n << 2;
  memory.fill(c, 0, <usize>m * row);
  for (let first = 0; first < k; first += BLOCK) {
    const end = min(k, first + BLOCK);
    for (let i = 0; i < m; i++) {
      const to = c + <usize>i * row;
      for (let q = first; q < end; q++) {
        const u = v128.load32_splat(a + (<usize>(i * k + q) << 2));
        const from = b + <usize>q * row;
        for (let at: usize = 0; at < row; at += 16) {
          v128.store(to + at, f32x4.add(v128.load(to + at), f32x4.mul(u, v128.load(from + at))));
        }
      }
    }
  }
}
