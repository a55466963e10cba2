// AssemblyScript, compiled by build.ts. Pointers are bytes into the memory.

@external('env', 'log')
export declare function log(x: f64): f64;

/** Where a score must not count. */
const MASKED: f32 = -1e30;

// @ts-ignore: decorator
@inline
export function pad4(n: i32): i32 {
  return (n + 3) & ~3;
}

// The constants of exp4 are globals that the module's start sets: V8 builds a constant vector anew, by three
// instructions, wherever it stands in the code, and a global takes one load.
let lowest: v128 = f32x4.splat(-87.0);
let highest: v128 = f32x4.splat(88.0);
let log2e: v128 = f32x4.splat(1.44269504088896341);
let rounder: v128 = f32x4.splat(12583039.0);
let ln2High: v128 = f32x4.splat(0.693359375);
let ln2Low: v128 = f32x4.splat(-2.12194440e-4);
let c2: v128 = f32x4.splat(0.499999934321266);
let c3: v128 = f32x4.splat(0.16666520398146384);
let c4: v128 = f32x4.splat(0.04166839077940648);
let c5: v128 = f32x4.splat(0.008368745200027568);
let c6: v128 = f32x4.splat(0.0013814540669278839);
let one: v128 = f32x4.splat(1.0);

/**
 * e^x of four numbers up to 88, relative error below 2e-7: 2^n times a polynomial on ±ln 2 / 2, which is
 * 1 + r + r²·(the minimax polynomial of what is left). Below −87 it is exactly 0, so that no denormal number slows
 * down what follows; the same holds for NaN.
 *
 * Adding 1.5·2^23 + 127 rounds to an integer n and leaves n + 127, the exponent of 2^n, in the lowest bits.
 * WebAssembly's own conversion takes several instructions, for the sake of NaN.
 */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  const rounded = f32x4.add(f32x4.mul(x, log2e), rounder);
  const n = f32x4.sub(rounded, rounder);
  const r = f32x4.sub(f32x4.sub(x, f32x4.mul(n, ln2High)), f32x4.mul(n, ln2Low));
  const square = f32x4.mul(r, r);
  const low = f32x4.add(f32x4.mul(c3, r), c2);
  const middle = f32x4.add(f32x4.mul(c5, r), c4);
  let p = f32x4.add(f32x4.mul(c6, square), middle);
  p = f32x4.add(f32x4.mul(p, square), low);
  p = f32x4.add(f32x4.mul(p, square), f32x4.add(r, one));
  return v128.and(f32x4.mul(p, i32x4.shl(rounded, 23)), f32x4.gt(x, lowest));
}

/** 1 / (1 + e^−x) of four numbers. */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  return f32x4.div(one, f32x4.add(one, exp4(f32x4.pmin(highest, f32x4.sub(f32x4.splat(0), x)))));
}

// @ts-ignore: decorator
@inline
export function exp1(x: f32): f32 {
  return f32x4.extract_lane(exp4(f32x4.splat(x)), 0);
}

// @ts-ignore: decorator
@inline
export function sum4(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 2) + (f32x4.extract_lane(x, 1) + f32x4.extract_lane(x, 3))
  );
}

/** {@link sum4} of four vectors at once, to the bit. */
// @ts-ignore: decorator
@inline
export function sumsOfFour(a: v128, b: v128, c: v128, d: v128): v128 {
  const low = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const high = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f64>(low, high, 0, 2), v128.shuffle<f64>(low, high, 1, 3));
}

// @ts-ignore: decorator
@inline
export function max4(x: v128): f32 {
  return max(
    max(f32x4.extract_lane(x, 0), f32x4.extract_lane(x, 1)),
    max(f32x4.extract_lane(x, 2), f32x4.extract_lane(x, 3)),
  );
}

/**
 * `[count, dim]` with rows `xStride` bytes apart to `[dim, pad4(count)]` with rows `stride` bytes apart; the padding
 * is zero.
 */
export function transpose(x: usize, xStride: usize, count: i32, dim: i32, out: usize, stride: usize): void {
  const whole = dim & ~3;
  for (let t = 0; t < count; t += 4) {
    const rows = count - t;
    const to = out + (<usize>t << 2);
    let a = x + <usize>t * xStride;
    let d = 0;
    for (let at = to; d < whole; d += 4, a += 16, at += 4 * stride) {
      const r0 = v128.load(a);
      const r1 = rows > 1 ? v128.load(a + xStride) : f32x4.splat(0);
      const r2 = rows > 2 ? v128.load(a + 2 * xStride) : f32x4.splat(0);
      const r3 = rows > 3 ? v128.load(a + 3 * xStride) : f32x4.splat(0);
      const low = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
      const high = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
      const low2 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
      const high2 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
      v128.store(at, v128.shuffle<f64>(low, low2, 0, 2));
      v128.store(at + stride, v128.shuffle<f64>(low, low2, 1, 3));
      v128.store(at + 2 * stride, v128.shuffle<f64>(high, high2, 0, 2));
      v128.store(at + 3 * stride, v128.shuffle<f64>(high, high2, 1, 3));
    }
    for (; d < dim; d++, a += 4) {
      for (let r = 0; r < 4; r++) {
        const value: f32 = r < rows ? load<f32>(a + <usize>r * xStride) : 0;
        store<f32>(to + <usize>d * stride + (<usize>r << 2), value);
      }
    }
  }
}

/**
 * Softmax of four rows at once, in place. Of each, the first `count` numbers take part and then, after the padding
 * to four, the first `moreCount` (in the first row) and `rise` more in each next row, which pad to the same
 * number. The paddings become 0. Where there are fewer rows, the last may be given several times.
 */
export function softmaxOfFour(
  x0: usize,
  x1: usize,
  x2: usize,
  x3: usize,
  count: i32,
  moreCount: i32,
  rise: i32,
): void {
  const shift = <usize>pad4(count) << 2;
  const bytes = shift + (<usize>pad4(moreCount) << 2);
  mask(x0, count);
  mask(x1, count);
  mask(x2, count);
  mask(x3, count);
  mask(x0 + shift, moreCount);
  mask(x1 + shift, moreCount + rise);
  mask(x2 + shift, moreCount + 2 * rise);
  mask(x3 + shift, moreCount + 3 * rise);
  let m0 = f32x4.splat(MASKED);
  let m1 = m0;
  let m2 = m0;
  let m3 = m0;
  for (let at: usize = 0; at < bytes; at += 16) {
    m0 = f32x4.pmax(m0, v128.load(x0 + at));
    m1 = f32x4.pmax(m1, v128.load(x1 + at));
    m2 = f32x4.pmax(m2, v128.load(x2 + at));
    m3 = f32x4.pmax(m3, v128.load(x3 + at));
  }
  const low = f32x4.pmax(v128.shuffle<f32>(m0, m1, 0, 4, 1, 5), v128.shuffle<f32>(m0, m1, 2, 6, 3, 7));
  const high = f32x4.pmax(v128.shuffle<f32>(m2, m3, 0, 4, 1, 5), v128.shuffle<f32>(m2, m3, 2, 6, 3, 7));
  const tops = f32x4.pmax(v128.shuffle<f64>(low, high, 0, 2), v128.shuffle<f64>(low, high, 1, 3));
  m0 = v128.shuffle<f32>(tops, tops, 0, 0, 0, 0);
  m1 = v128.shuffle<f32>(tops, tops, 1, 1, 1, 1);
  m2 = v128.shuffle<f32>(tops, tops, 2, 2, 2, 2);
  m3 = v128.shuffle<f32>(tops, tops, 3, 3, 3, 3);
  let t0 = f32x4.splat(0);
  let t1 = t0;
  let t2 = t0;
  let t3 = t0;
  for (let at: usize = 0; at < bytes; at += 16) {
    const e0 = exp4(f32x4.sub(v128.load(x0 + at), m0));
    const e1 = exp4(f32x4.sub(v128.load(x1 + at), m1));
    const e2 = exp4(f32x4.sub(v128.load(x2 + at), m2));
    const e3 = exp4(f32x4.sub(v128.load(x3 + at), m3));
    t0 = f32x4.add(t0, e0);
    t1 = f32x4.add(t1, e1);
    t2 = f32x4.add(t2, e2);
    t3 = f32x4.add(t3, e3);
    v128.store(x0 + at, e0);
    v128.store(x1 + at, e1);
    v128.store(x2 + at, e2);
    v128.store(x3 + at, e3);
  }
  const scales = f32x4.div(f32x4.splat(1), sumsOfFour(t0, t1, t2, t3));
  m0 = v128.shuffle<f32>(scales, scales, 0, 0, 0, 0);
  m1 = v128.shuffle<f32>(scales, scales, 1, 1, 1, 1);
  m2 = v128.shuffle<f32>(scales, scales, 2, 2, 2, 2);
  m3 = v128.shuffle<f32>(scales, scales, 3, 3, 3, 3);
  for (let at: usize = 0; at < bytes; at += 16) {
    const p0 = f32x4.mul(v128.load(x0 + at), m0);
    const p1 = f32x4.mul(v128.load(x1 + at), m1);
    const p2 = f32x4.mul(v128.load(x2 + at), m2);
    const p3 = f32x4.mul(v128.load(x3 + at), m3);
    v128.store(x0 + at, p0);
    v128.store(x1 + at, p1);
    v128.store(x2 + at, p2);
    v128.store(x3 + at, p3);
  }
}

/** Takes what pads `count` numbers to a multiple of four out of a softmax; whole vectors, since the next load is one. */
// @ts-ignore: decorator
@inline
function mask(x: usize, count: i32): void {
  if ((count & 3) == 0) return;
  const at = x + (<usize>(count & ~3) << 2);
  const real = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count & 3));
  v128.store(at, v128.bitselect(v128.load(at), f32x4.splat(MASKED), real));
}
