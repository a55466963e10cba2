import { sigmoid4, sum4 } from './math';

/** out[n] = table[tokens[n]], `width` numbers each. */
export function embed(tokens: usize, table: usize, out: usize, n: i32, width: i32): void {
  const bytes = <usize>width << 2;
  for (let i = 0; i < n; i++) {
    memory.copy(out + <usize>i * bytes, table + <usize>load<i32>(tokens + (<usize>i << 2)) * bytes, bytes);
  }
}

/** table[tokens[n]] += dy[n]; the table must be zero before. */
export function embedGradient(tokens: usize, dy: usize, table: usize, n: i32, width: i32): void {
  const bytes = <usize>width << 2;
  for (let i = 0; i < n; i++) {
    addInto(table + <usize>load<i32>(tokens + (<usize>i << 2)) * bytes, dy + <usize>i * bytes, width);
  }
}

/** to += from, `count` numbers. */
export function addInto(to: usize, from: usize, count: i32): void {
  const end = to + (<usize>count << 2);
  const whole = to + (<usize>(count & ~3) << 2);
  let t = to;
  let f = from;
  for (; t < whole; t += 16, f += 16) v128.store(t, f32x4.add(v128.load(t), v128.load(f)));
  for (; t < end; t += 4, f += 4) store<f32>(t, load<f32>(t) + load<f32>(f));
}

/** out = x·gain/√(mean x² + ε) on `[n, width]`; scales[n] is the root's inverse. */
export function rmsNorm(x: usize, gain: usize, out: usize, scales: usize, n: i32, width: i32, epsilon: f32): void {
  const bytes = <usize>width << 2;
  const whole = <usize>(width & ~3) << 2;
  for (let i = 0; i < n; i++) {
    const row = x + <usize>i * bytes;
    const to = out + <usize>i * bytes;
    let squares = f32x4.splat(0);
    let at: usize = 0;
    for (; at < whole; at += 16) {
      const v = v128.load(row + at);
      squares = f32x4.add(squares, f32x4.mul(v, v));
    }
    let total = sum4(squares);
    for (; at < bytes; at += 4) total += load<f32>(row + at) * load<f32>(row + at);
    const scale: f32 = 1 / sqrt<f32>(total / <f32>width + epsilon);
    store<f32>(scales + (<usize>i << 2), scale);
    const s = f32x4.splat(scale);
    for (at = 0; at < whole; at += 16) {
      v128.store(to + at, f32x4.mul(f32x4.mul(v128.load(row + at), s), v128.load(gain + at)));
    }
    for (; at < bytes; at += 4) store<f32>(to + at, load<f32>(row + at) * scale * load<f32>(gain + at));
  }
}

/** Gradients of {@link rmsNorm}; dGain must be zero before. */
export function rmsNormGradient(
  x: usize,
  gain: usize,
  scales: usize,
  dy: usize,
  dx: usize,
  dGain: usize,
  n: i32,
  width: i32,
): void {
  const bytes = <usize>width << 2;
  const whole = <usize>(width & ~3) << 2;
  for (let i = 0; i < n; i++) {
    const row = x + <usize>i * bytes;
    const up = dy + <usize>i * bytes;
    const to = dx + <usize>i * bytes;
    const scale = load<f32>(scales + (<usize>i << 2));
    const s = f32x4.splat(scale);
    let along = f32x4.splat(0);
    let at: usize = 0;
    for (; at < whole; at += 16) {
      const normed = f32x4.mul(v128.load(row + at), s);
      const product = f32x4.mul(v128.load(up + at), normed);
      along = f32x4.add(along, f32x4.mul(product, v128.load(gain + at)));
      v128.store(dGain + at, f32x4.add(v128.load(dGain + at), product));
    }
    let total = sum4(along);
    for (; at < bytes; at += 4) {
      const product: f32 = load<f32>(up + at) * load<f32>(row + at) * scale;
      total += product * load<f32>(gain + at);
      store<f32>(dGain + at, load<f32>(dGain + at) + product);
    }
    const mean: f32 = total / <f32>width;
    const m = f32x4.splat(mean);
    for (at = 0; at < whole; at += 16) {
      const inner = f32x4.mul(v128.load(up + at), v128.load(gain + at));
      const normed = f32x4.mul(v128.load(row + at), s);
      v128.store(to + at, f32x4.mul(f32x4.sub(inner, f32x4.mul(normed, m)), s));
    }
    for (; at < bytes; at += 4) {
      const inner: f32 = load<f32>(up + at) * load<f32>(gain + at);
      store<f32>(to + at, (inner - load<f32>(row + at) * scale * mean) * scale);
    }
  }
}

// @ts-ignore: decorator
@inline
function sigmoid1(x: f32): f32 {
  return f32x4.extract_lane(sigmoid4(f32x4.splat(x)), 0);
}

/** out = SiLU(gate)·up for `[n, 2·inner]` holding gate, then up. */
export function swiglu(gateUp: usize, out: usize, n: i32, inner: i32): void {
  const bytes = <usize>inner << 2;
  const whole = <usize>(inner & ~3) << 2;
  for (let i = 0; i < n; i++) {
    const gate = gateUp + <usize>i * 2 * bytes;
    const up = gate + bytes;
    const to = out + <usize>i * bytes;
    let at: usize = 0;
    for (; at < whole; at += 16) {
      const g = v128.load(gate + at);
      const s = sigmoid4(g);
      v128.store(to + at, f32x4.mul(f32x4.mul(g, s), v128.load(up + at)));
    }
    for (; at < bytes; at += 4) {
      const g = load<f32>(gate + at);
      store<f32>(to + at, g * sigmoid1(g) * load<f32>(up + at));
    }
  }
}

/** Gradient of {@link swiglu}, `[n, 2·inner]`. */
export function swigluGradient(gateUp: usize, dy: usize, out: usize, n: i32, inner: i32): void {
  const bytes = <usize>inner << 2;
  const whole = <usize>(inner & ~3) << 2;
  const one = f32x4.splat(1);
  for (let i = 0; i < n; i++) {
    const gate = gateUp + <usize>i * 2 * bytes;
    const up = gate + bytes;
    const from = dy + <usize>i * bytes;
    const to = out + <usize>i * 2 * bytes;
    let at: usize = 0;
    for (; at < whole; at += 16) {
      const g = v128.load(gate + at);
      const d = v128.load(from + at);
      const s = sigmoid4(g);
      const slope = f32x4.mul(s, f32x4.add(one, f32x4.mul(g, f32x4.sub(one, s))));
      v128.store(to + at, f32x4.mul(f32x4.mul(d, v128.load(up + at)), slope));
      v128.store(to + bytes + at, f32x4.mul(d, f32x4.mul(g, s)));
    }
    for (; at < bytes; at += 4) {
      const g = load<f32>(gate + at);
      const d = load<f32>(from + at);
      const s = sigmoid1(g);
      store<f32>(to + at, d * load<f32>(up + at) * s * (1 + g * (1 - s)));
      store<f32>(to + bytes + at, d * g * s);
    }
  }
}
