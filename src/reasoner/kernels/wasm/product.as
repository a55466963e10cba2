/**
 * Matrix products. The right side comes in panels of sixteen columns (`[columns / 16, k, 16]`, the last one
 * filled up with zeros), so that the inner loop reads it in one line; two rows of the left side are worked on at once,
 * which keeps sixteen sums and their operands in the registers that WebAssembly's compilers have.
 *
 * Every number of the result is summed over k from first to last, whatever rows and columns stand beside it: a row's
 * bits do not depend on the batch it is in.
 */

/** Columns of a panel. */
const PANEL: i32 = 16;
/** Rows of the left side that stay in the fastest cache while all panels pass by. */
const ROWS: i32 = 64;
/** Tokens over which a gradient is summed at once. */
const TOKENS: i32 = 256;

/** Packs `b` `[k, n]` into panels. */
export function packColumns(b: usize, k: i32, n: i32, out: usize): void {
  const row = <usize>n << 2;
  let to = out;
  for (let j = 0; j < n; j += PANEL) {
    let from = b + (<usize>j << 2);
    if (j + PANEL <= n) {
      for (let q = 0; q < k; q++, from += row, to += 64) copyWhole(from, to);
    } else {
      const bytes = <usize>(n - j) << 2;
      for (let q = 0; q < k; q++, from += row, to += 64) {
        memory.copy(to, from, bytes);
        memory.fill(to + bytes, 0, 64 - bytes);
      }
    }
  }
}

/** Packs the transposed of `b` `[n, k]` into panels. */
export function packTransposed(b: usize, n: i32, k: i32, out: usize): void {
  const row = <usize>k << 2;
  let to = out;
  for (let j = 0; j < n; j += PANEL) {
    const columns = min(PANEL, n - j);
    const from = b + <usize>j * row;
    for (let q = 0; q < k; q++, to += 64) {
      let at = from + (<usize>q << 2);
      for (let c = 0; c < columns; c++, at += row) store<f32>(to + (<usize>c << 2), load<f32>(at));
      for (let c = columns; c < PANEL; c++) store<f32>(to + (<usize>c << 2), 0);
    }
  }
}

// @ts-ignore: decorator
@inline
function copyWhole(from: usize, to: usize): void {
  v128.store(to, v128.load(from));
  v128.store(to, v128.load(from, 16), 16);
  v128.store(to, v128.load(from, 32), 32);
  v128.store(to, v128.load(from, 48), 48);
}

/** c `[m, n]` = added + a `[m, k]` · panels, k at least 1; `added` is `[m, n]` (it may be `c` itself), or 0 for nothing. */
export function product(a: usize, panels: usize, added: usize, c: usize, m: i32, n: i32, k: i32): void {
  const aRow = <usize>k << 2;
  const cRow = <usize>n << 2;
  const panel = <usize>k << 6;
  for (let first = 0; first < m; first += ROWS) {
    const end = min(m, first + ROWS);
    let b = panels;
    for (let j = 0; j < n; j += PANEL, b += panel) {
      const column = <usize>j << 2;
      const columns = n - j;
      let i = first;
      let from = a + <usize>i * aRow;
      let to = <usize>i * cRow + column;
      for (; i + 2 <= end; i += 2, from += 2 * aRow, to += 2 * cRow) {
        tileOfTwo(from, 4, from + aRow, b, k, added == 0 ? 0 : added + to, c + to, cRow, columns);
      }
      if (i < end) tileOfOne(from, 4, b, k, added == 0 ? 0 : added + to, c + to, columns);
    }
  }
}

/**
 * c `[m, n]` += aᵀ · b, with a `[tokens, m]` and b `[tokens, n]`: the gradient of a matrix. `scratch` has room for
 * 256·(m + 16) numbers.
 */
export function productOfTransposed(a: usize, b: usize, c: usize, m: i32, n: i32, tokens: i32, scratch: usize): void {
  const aRow = <usize>m << 2;
  const bRow = <usize>n << 2;
  const panel = scratch + (<usize>(TOKENS * m) << 2);
  for (let t = 0; t < tokens; t += TOKENS) {
    const count = min(TOKENS, tokens - t);
    const pairs = packPairs(a + <usize>t * aRow, m, count, scratch);
    for (let j = 0; j < n; j += PANEL) {
      const column = <usize>j << 2;
      const columns = n - j;
      packPanel(b + <usize>t * bRow + column, bRow, count, columns, panel);
      let from = scratch;
      let to = c + column;
      let i = 0;
      for (; i + 2 <= m; i += 2, from += <usize>count << 3, to += 2 * bRow) {
        tileOfTwo(from, 8, from + 4, panel, count, to, to, bRow, columns);
      }
      if (i < m) tileOfOne(pairs, 4, panel, count, to, to, columns);
    }
  }
}

/** Columns of `a` `[count, m]` two by two, `[m / 2, count, 2]`; an odd last one follows alone, at what is returned. */
function packPairs(a: usize, m: i32, count: i32, out: usize): usize {
  const row = <usize>m << 2;
  let to = out;
  let i = 0;
  for (; i + 2 <= m; i += 2) {
    let from = a + (<usize>i << 2);
    for (let t = 0; t < count; t++, from += row, to += 8) store<u64>(to, load<u64>(from));
  }
  const last = to;
  if (i < m) {
    let from = a + (<usize>i << 2);
    for (let t = 0; t < count; t++, from += row, to += 4) store<f32>(to, load<f32>(from));
  }
  return last;
}

function packPanel(b: usize, row: usize, count: i32, columns: i32, out: usize): void {
  let from = b;
  let to = out;
  if (columns >= PANEL) {
    for (let t = 0; t < count; t++, from += row, to += 64) copyWhole(from, to);
    return;
  }
  const bytes = <usize>columns << 2;
  for (let t = 0; t < count; t++, from += row, to += 64) {
    memory.copy(to, from, bytes);
    memory.fill(to + bytes, 0, 64 - bytes);
  }
}

/**
 * Two rows on one panel: their numbers lie `step` bytes apart, and there is one at least. The second row of `added` and
 * `c` is `row` bytes on. The loop counts by the address it reads anyway: a counter of its own costs 6 % here.
 */
// @ts-ignore: decorator
@inline
function tileOfTwo(
  first: usize,
  step: usize,
  second: usize,
  panel: usize,
  k: i32,
  added: usize,
  c: usize,
  row: usize,
  columns: i32,
): void {
  let a0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let a2 = f32x4.splat(0);
  let a3 = f32x4.splat(0);
  let b0 = f32x4.splat(0);
  let b1 = f32x4.splat(0);
  let b2 = f32x4.splat(0);
  let b3 = f32x4.splat(0);
  let p = panel;
  let x = first;
  let y = second;
  const end = first + <usize>k * step;
  do {
    const w0 = v128.load(p);
    const w1 = v128.load(p, 16);
    const w2 = v128.load(p, 32);
    const w3 = v128.load(p, 48);
    const u = v128.load32_splat(x);
    a0 = f32x4.add(a0, f32x4.mul(u, w0));
    a1 = f32x4.add(a1, f32x4.mul(u, w1));
    a2 = f32x4.add(a2, f32x4.mul(u, w2));
    a3 = f32x4.add(a3, f32x4.mul(u, w3));
    const v = v128.load32_splat(y);
    b0 = f32x4.add(b0, f32x4.mul(v, w0));
    b1 = f32x4.add(b1, f32x4.mul(v, w1));
    b2 = f32x4.add(b2, f32x4.mul(v, w2));
    b3 = f32x4.add(b3, f32x4.mul(v, w3));
    p += 64;
    x += step;
    y += step;
  } while (x < end);
  write(a0, a1, a2, a3, added, c, columns);
  write(b0, b1, b2, b3, added == 0 ? 0 : added + row, c + row, columns);
}

// @ts-ignore: decorator
@inline
function tileOfOne(a: usize, step: usize, panel: usize, k: i32, added: usize, c: usize, columns: i32): void {
  let a0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let a2 = f32x4.splat(0);
  let a3 = f32x4.splat(0);
  let p = panel;
  let x = a;
  for (let q = 0; q < k; q++, p += 64, x += step) {
    const u = v128.load32_splat(x);
    a0 = f32x4.add(a0, f32x4.mul(u, v128.load(p)));
    a1 = f32x4.add(a1, f32x4.mul(u, v128.load(p, 16)));
    a2 = f32x4.add(a2, f32x4.mul(u, v128.load(p, 32)));
    a3 = f32x4.add(a3, f32x4.mul(u, v128.load(p, 48)));
  }
  write(a0, a1, a2, a3, added, c, columns);
}

/** Writes the first `columns` of sixteen sums. */
// @ts-ignore: decorator
@inline
function write(s0: v128, s1: v128, s2: v128, s3: v128, added: usize, c: usize, columns: i32): void {
  if (columns >= PANEL) {
    if (added != 0) {
      v128.store(c, f32x4.add(v128.load(added), s0));
      v128.store(c, f32x4.add(v128.load(added, 16), s1), 16);
      v128.store(c, f32x4.add(v128.load(added, 32), s2), 32);
      v128.store(c, f32x4.add(v128.load(added, 48), s3), 48);
    } else {
      v128.store(c, s0);
      v128.store(c, s1, 16);
      v128.store(c, s2, 32);
      v128.store(c, s3, 48);
    }
    return;
  }
  writeSome(s0, added, c, columns);
  if (columns > 4) writeSome(s1, added == 0 ? 0 : added + 16, c + 16, columns - 4);
  if (columns > 8) writeSome(s2, added == 0 ? 0 : added + 32, c + 32, columns - 8);
  if (columns > 12) writeSome(s3, added == 0 ? 0 : added + 48, c + 48, columns - 12);
}

function writeSome(sums: v128, added: usize, c: usize, count: i32): void {
  writeLane(f32x4.extract_lane(sums, 0), added, c);
  if (count > 1) writeLane(f32x4.extract_lane(sums, 1), added == 0 ? 0 : added + 4, c + 4);
  if (count > 2) writeLane(f32x4.extract_lane(sums, 2), added == 0 ? 0 : added + 8, c + 8);
  if (count > 3) writeLane(f32x4.extract_lane(sums, 3), added == 0 ? 0 : added + 12, c + 12);
}

// @ts-ignore: decorator
@inline
function writeLane(sum: f32, added: usize, c: usize): void {
  store<f32>(c, added == 0 ? sum : load<f32>(added) + sum);
}
