/** Σ x², in double precision. `count` is a multiple of four. */
export function squares(x: usize, count: i32): f64 {
  const end = x + (<usize>count << 2);
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  for (let at = x; at < end; at += 16) {
    const v = v128.load(at);
    const a = f64x2.promote_low_f32x4(v);
    const b = f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 0, 1));
    low = f64x2.add(low, f64x2.mul(a, a));
    high = f64x2.add(high, f64x2.mul(b, b));
  }
  const both = f64x2.add(low, high);
  return f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
}

/**
 * AdamW on `count` parameters and their moments, in place: g is the gradient times `scale`, `rate` the learning rate over
 * 1 − β₁ᵗ, `correction` the inverse of 1 − β₂ᵗ, and `kept` what the decay leaves of a parameter.
 */
export function adamw(
  parameters: usize,
  m: usize,
  v: usize,
  gradient: usize,
  count: i32,
  scale: f32,
  beta1: f32,
  beta2: f32,
  rate: f32,
  correction: f32,
  epsilon: f32,
  kept: f32,
): void {
  const bytes = <usize>count << 2;
  const whole = <usize>(count & ~3) << 2;
  let at: usize = 0;
  for (; at < whole; at += 16) {
    const g = f32x4.mul(v128.load(gradient + at), f32x4.splat(scale));
    const first = f32x4.add(
      f32x4.mul(f32x4.splat(beta1), v128.load(m + at)),
      f32x4.mul(f32x4.splat(1 - beta1), g),
    );
    const second = f32x4.add(
      f32x4.mul(f32x4.splat(beta2), v128.load(v + at)),
      f32x4.mul(f32x4.splat(1 - beta2), f32x4.mul(g, g)),
    );
    v128.store(m + at, first);
    v128.store(v + at, second);
    const size = f32x4.add(f32x4.sqrt(f32x4.mul(second, f32x4.splat(correction))), f32x4.splat(epsilon));
    const step = f32x4.div(f32x4.mul(f32x4.splat(rate), first), size);
    const p = f32x4.mul(v128.load(parameters + at), f32x4.splat(kept));
    v128.store(parameters + at, f32x4.sub(p, step));
  }
  for (; at < bytes; at += 4) {
    const g: f32 = load<f32>(gradient + at) * scale;
    const first: f32 = beta1 * load<f32>(m + at) + (1 - beta1) * g;
    const second: f32 = beta2 * load<f32>(v + at) + (1 - beta2) * (g * g);
    store<f32>(m + at, first);
    store<f32>(v + at, second);
    const size: f32 = sqrt<f32>(second * correction) + epsilon;
    store<f32>(parameters + at, load<f32>(parameters + at) * kept - (rate * first) / size);
  }
}
