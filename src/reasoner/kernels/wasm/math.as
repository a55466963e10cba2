// AssemblyScript, compiled by build.ts. Pointers are bytes into the memory of tfjs's own wasm module.

@external('env', 'log')
export declare function log(x: f64): f64;

/** Where a score must not count. */
export const MASKED: f32 = -1e30;

// @ts-ignore: decorator
@inline
export function pad4(n: i32): i32 {
  return (n + 3) & ~3;
}

/**
 * e^x of four numbers, relative error below 2e-7 (Cephes expf: 2^n times a polynomial on ±ln 2 / 2). Below −87
 * it is exactly 0, so that no denormal number slows down what follows.
 */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  const alive = f32x4.gt(x, f32x4.splat(-87.0));
  const bounded = f32x4.min(f32x4.max(x, f32x4.splat(-87.0)), f32x4.splat(88.0));
  const n = f32x4.nearest(f32x4.mul(bounded, f32x4.splat(1.44269504088896341)));
  let r = f32x4.sub(bounded, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  let p = f32x4.splat(1.9875691500e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), f32x4.add(r, f32x4.splat(1.0)));
  const exponent = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return v128.and(f32x4.mul(p, exponent), alive);
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
    f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
  );
}

// @ts-ignore: decorator
@inline
export function max4(x: v128): f32 {
  return max(
    max(f32x4.extract_lane(x, 0), f32x4.extract_lane(x, 1)),
    max(f32x4.extract_lane(x, 2), f32x4.extract_lane(x, 3)),
  );
}

/** out[t·1 + d·stride] = x[t][d]: `[count, dim]` with rows `xStride` bytes apart to `[dim, stride]`, padding zero. */
export function transpose(x: usize, xStride: usize, count: i32, dim: i32, out: usize, stride: i32): void {
  for (let d = 0; d < dim; d++) {
    let from = x + (<usize>d << 2);
    let to = out + (<usize>(d * stride) << 2);
    for (let t = 0; t < count; t++, from += xStride, to += 4) store<f32>(to, load<f32>(from));
    for (let t = count; t < stride; t++, to += 4) store<f32>(to, 0);
  }
}

/** out[j] = Σ_d q[d]·kt[d][j] for j below `count` (a multiple of four); rows of kt are `stride` numbers apart. */
export function dots(q: usize, kt: usize, stride: i32, count: i32, dim: i32, out: usize): void {
  const row = <usize>stride << 2;
  let j = 0;
  for (; j + 16 <= count; j += 16) {
    let a = f32x4.splat(0);
    let b = f32x4.splat(0);
    let c = f32x4.splat(0);
    let e = f32x4.splat(0);
    let at = kt + (<usize>j << 2);
    for (let d = 0; d < dim; d++, at += row) {
      const x = v128.load32_splat(q + (<usize>d << 2));
      a = f32x4.add(a, f32x4.mul(x, v128.load(at)));
      b = f32x4.add(b, f32x4.mul(x, v128.load(at, 16)));
      c = f32x4.add(c, f32x4.mul(x, v128.load(at, 32)));
      e = f32x4.add(e, f32x4.mul(x, v128.load(at, 48)));
    }
    const to = out + (<usize>j << 2);
    v128.store(to, a);
    v128.store(to, b, 16);
    v128.store(to, c, 32);
    v128.store(to, e, 48);
  }
  for (; j < count; j += 4) {
    let a = f32x4.splat(0);
    let at = kt + (<usize>j << 2);
    for (let d = 0; d < dim; d++, at += row) {
      a = f32x4.add(a, f32x4.mul(v128.load32_splat(q + (<usize>d << 2)), v128.load(at)));
    }
    v128.store(out + (<usize>j << 2), a);
  }
}

/** out[d] += Σ_j p[j]·v[j][d]; entries of p are `pStride` bytes apart, rows of v `vStride` bytes. */
export function weightedSum(
  p: usize,
  pStride: usize,
  v: usize,
  vStride: usize,
  count: i32,
  dim: i32,
  out: usize,
): void {
  let d = 0;
  for (; d + 16 <= dim; d += 16) {
    const to = out + (<usize>d << 2);
    let a = v128.load(to);
    let b = v128.load(to, 16);
    let c = v128.load(to, 32);
    let e = v128.load(to, 48);
    let weight = p;
    let at = v + (<usize>d << 2);
    for (let j = 0; j < count; j++, weight += pStride, at += vStride) {
      const x = v128.load32_splat(weight);
      a = f32x4.add(a, f32x4.mul(x, v128.load(at)));
      b = f32x4.add(b, f32x4.mul(x, v128.load(at, 16)));
      c = f32x4.add(c, f32x4.mul(x, v128.load(at, 32)));
      e = f32x4.add(e, f32x4.mul(x, v128.load(at, 48)));
    }
    v128.store(to, a);
    v128.store(to, b, 16);
    v128.store(to, c, 32);
    v128.store(to, e, 48);
  }
  for (; d + 4 <= dim; d += 4) {
    const to = out + (<usize>d << 2);
    let a = v128.load(to);
    let weight = p;
    let at = v + (<usize>d << 2);
    for (let j = 0; j < count; j++, weight += pStride, at += vStride) {
      a = f32x4.add(a, f32x4.mul(v128.load32_splat(weight), v128.load(at)));
    }
    v128.store(to, a);
  }
  for (; d < dim; d++) {
    const to = out + (<usize>d << 2);
    let sum = load<f32>(to);
    for (let j = 0; j < count; j++) {
      sum += load<f32>(p + <usize>j * pStride) * load<f32>(v + <usize>j * vStride + (<usize>d << 2));
    }
    store<f32>(to, sum);
  }
}

/** Softmax of `count` numbers (a multiple of four) in place; masked ones become exactly 0. */
export function softmax(x: usize, count: i32): void {
  const end = x + (<usize>count << 2);
  let highest = f32x4.splat(MASKED);
  for (let at = x; at < end; at += 16) highest = f32x4.max(highest, v128.load(at));
  const top = f32x4.splat(max4(highest));
  let total = f32x4.splat(0);
  for (let at = x; at < end; at += 16) {
    const e = exp4(f32x4.sub(v128.load(at), top));
    total = f32x4.add(total, e);
    v128.store(at, e);
  }
  const scale = f32x4.splat(1 / sum4(total));
  for (let at = x; at < end; at += 16) v128.store(at, f32x4.mul(v128.load(at), scale));
}
