/**
 * Products of matrices that fit the first-level cache, straight from where they lie: no panels are packed.
 *
 * c[r][j] = Σ_k a[r][k]·b[k][j], or added to c when `add`, for `rows` rows and `columns` columns. Neighbours in a
 * row of b and of c are neighbours in memory; a may lie either way, so it has two strides. All strides are bytes.
 *
 * The work goes in tiles of two rows and sixteen columns: eight sums are as many as stay in registers beside what
 * they are made from. Each sum runs over k in order, on its own, so no row's bits depend on another row.
 */
export function smallProduct(
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bRow: usize,
  c: usize,
  cRow: usize,
  rows: i32,
  inner: i32,
  columns: i32,
  add: bool,
): void {
  const wide = <usize>(columns & ~15) << 2;
  const whole = <usize>(columns & ~3) << 2;
  const end = <usize>columns << 2;
  for (let r = 0; r < rows; r += 2) {
    const a1 = r + 1 < rows ? a + aRow : a;
    const c1 = r + 1 < rows ? c + cRow : c;
    let j: usize = 0;
    if (c1 == c) {
      for (; j < wide; j += 64) row16(a, aStep, b + j, bRow, c + j, inner, add);
    } else {
      for (; j < wide; j += 64) tile16(a, a1, aStep, b + j, bRow, c + j, c1 + j, inner, add);
    }
    // Of a last single row the few columns that are left are computed twice at once and stored twice.
    if (whole - j >= 32) {
      tile8(a, a1, aStep, b + j, bRow, c + j, c1 + j, inner, add);
      j += 32;
    }
    if (j < whole) {
      tile4(a, a1, aStep, b + j, bRow, c + j, c1 + j, inner, add);
      j += 16;
    }
    for (; j < end; j += 4) {
      single(a, aStep, b + j, bRow, c + j, inner, add);
      if (c1 != c) single(a1, aStep, b + j, bRow, c1 + j, inner, add);
    }
    a += 2 * aRow;
    c += 2 * cRow;
  }
}

function tile16(
  a: usize,
  a1: usize,
  aStep: usize,
  b: usize,
  bRow: usize,
  c: usize,
  c1: usize,
  inner: i32,
  add: bool,
): void {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let t0 = s0;
  let t1 = s0;
  let t2 = s0;
  let t3 = s0;
  if (add) {
    s0 = v128.load(c);
    s1 = v128.load(c, 16);
    s2 = v128.load(c, 32);
    s3 = v128.load(c, 48);
    t0 = v128.load(c1);
    t1 = v128.load(c1, 16);
    t2 = v128.load(c1, 32);
    t3 = v128.load(c1, 48);
  }
  for (; inner > 0; inner--) {
    const x = v128.load32_splat(a);
    const y = v128.load32_splat(a1);
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const b2 = v128.load(b, 32);
    const b3 = v128.load(b, 48);
    s0 = f32x4.add(s0, f32x4.mul(x, b0));
    s1 = f32x4.add(s1, f32x4.mul(x, b1));
    s2 = f32x4.add(s2, f32x4.mul(x, b2));
    s3 = f32x4.add(s3, f32x4.mul(x, b3));
    t0 = f32x4.add(t0, f32x4.mul(y, b0));
    t1 = f32x4.add(t1, f32x4.mul(y, b1));
    t2 = f32x4.add(t2, f32x4.mul(y, b2));
    t3 = f32x4.add(t3, f32x4.mul(y, b3));
    a += aStep;
    a1 += aStep;
    b += bRow;
  }
  v128.store(c, s0);
  v128.store(c, s1, 16);
  v128.store(c, s2, 32);
  v128.store(c, s3, 48);
  v128.store(c1, t0);
  v128.store(c1, t1, 16);
  v128.store(c1, t2, 32);
  v128.store(c1, t3, 48);
}

function row16(a: usize, aStep: usize, b: usize, bRow: usize, c: usize, inner: i32, add: bool): void {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  if (add) {
    s0 = v128.load(c);
    s1 = v128.load(c, 16);
    s2 = v128.load(c, 32);
    s3 = v128.load(c, 48);
  }
  for (; inner > 0; inner--) {
    const x = v128.load32_splat(a);
    s0 = f32x4.add(s0, f32x4.mul(x, v128.load(b)));
    s1 = f32x4.add(s1, f32x4.mul(x, v128.load(b, 16)));
    s2 = f32x4.add(s2, f32x4.mul(x, v128.load(b, 32)));
    s3 = f32x4.add(s3, f32x4.mul(x, v128.load(b, 48)));
    a += aStep;
    b += bRow;
  }
  v128.store(c, s0);
  v128.store(c, s1, 16);
  v128.store(c, s2, 32);
  v128.store(c, s3, 48);
}

function tile8(
  a: usize,
  a1: usize,
  aStep: usize,
  b: usize,
  bRow: usize,
  c: usize,
  c1: usize,
  inner: i32,
  add: bool,
): void {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let t0 = s0;
  let t1 = s0;
  if (add) {
    s0 = v128.load(c);
    s1 = v128.load(c, 16);
    t0 = v128.load(c1);
    t1 = v128.load(c1, 16);
  }
  for (; inner > 0; inner--) {
    const x = v128.load32_splat(a);
    const y = v128.load32_splat(a1);
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    s0 = f32x4.add(s0, f32x4.mul(x, b0));
    s1 = f32x4.add(s1, f32x4.mul(x, b1));
    t0 = f32x4.add(t0, f32x4.mul(y, b0));
    t1 = f32x4.add(t1, f32x4.mul(y, b1));
    a += aStep;
    a1 += aStep;
    b += bRow;
  }
  v128.store(c, s0);
  v128.store(c, s1, 16);
  v128.store(c1, t0);
  v128.store(c1, t1, 16);
}

function tile4(
  a: usize,
  a1: usize,
  aStep: usize,
  b: usize,
  bRow: usize,
  c: usize,
  c1: usize,
  inner: i32,
  add: bool,
): void {
  let s = f32x4.splat(0);
  let t = s;
  if (add) {
    s = v128.load(c);
    t = v128.load(c1);
  }
  for (; inner > 0; inner--) {
    const b0 = v128.load(b);
    s = f32x4.add(s, f32x4.mul(v128.load32_splat(a), b0));
    t = f32x4.add(t, f32x4.mul(v128.load32_splat(a1), b0));
    a += aStep;
    a1 += aStep;
    b += bRow;
  }
  v128.store(c, s);
  v128.store(c1, t);
}

/** One number, for a head whose width is no multiple of four. */
function single(a: usize, aStep: usize, b: usize, bRow: usize, c: usize, inner: i32, add: bool): void {
  let sum: f32 = add ? load<f32>(c) : 0;
  for (; inner > 0; inner--, a += aStep, b += bRow) sum += load<f32>(a) * load<f32>(b);
  store<f32>(c, sum);
}
