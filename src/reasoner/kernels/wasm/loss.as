import { exp1, exp4, log, max4, sum4 } from './math';

/**
 * The objective of loss.ts, `n` tokens over a vocabulary: the sum of the loss (not yet divided by the
 * normalizer) and its sums of entropy and KL go to `sums` `[3]` (f64), the gradient with respect
 * to the logits, times `share`, to `gradient`. `base` is 0 where no KL is wanted. `counts` says for how many tokens each
 * stands: `weights` and `klToBase` are sums over these already.
 */
export function policyLoss(
  logits: usize,
  base: usize,
  gradient: usize,
  targets: usize,
  counts: usize,
  weights: usize,
  klToBase: usize,
  sums: usize,
  n: i32,
  vocabulary: i32,
  inverseTemperature: f32,
  share: f32,
  entropyBonus: f32,
): void {
  const bytes = <usize>vocabulary << 2;
  const whole = <usize>(vocabulary & ~3) << 2;
  let lossSum: f64 = 0;
  let entropySum: f64 = 0;
  let klSum: f64 = 0;
  for (let i = 0; i < n; i++) {
    const place = <usize>i << 2;
    const to = gradient + <usize>i * bytes;
    const times = load<f32>(counts + place);
    if (times == 0) {
      memory.fill(to, 0, bytes);
      continue;
    }
    const z = logits + <usize>i * bytes;
    const target = load<i32>(targets + place);
    const highest = largest(z, vocabulary) * inverseTemperature;
    const total = exponentials(z, vocabulary, inverseTemperature, highest, to);
    const lse: f32 = highest + <f32>log(<f64>total);
    const logprob: f32 = load<f32>(z + (<usize>target << 2)) * inverseTemperature - lse;

    // Σ p·log p and, where wanted, Σ p·(log p − log base).
    const beta = load<f32>(klToBase + place);
    const b = base != 0 && beta > 0 ? base + <usize>i * bytes : 0;
    const baseLse: f32 = b != 0 ? logSumExp(b, vocabulary, inverseTemperature) : 0;
    const scale: f32 = 1 / total;
    const t = f32x4.splat(inverseTemperature);
    const norm = f32x4.splat(lse);
    const baseNorm = f32x4.splat(baseLse);
    let plogp = f32x4.splat(0);
    let pgap = f32x4.splat(0);
    let at: usize = 0;
    for (; at < whole; at += 16) {
      const logp = f32x4.sub(f32x4.mul(v128.load(z + at), t), norm);
      const p = f32x4.mul(v128.load(to + at), f32x4.splat(scale));
      v128.store(to + at, p);
      plogp = f32x4.add(plogp, f32x4.mul(p, logp));
      if (b != 0) {
        const logb = f32x4.sub(f32x4.mul(v128.load(b + at), t), baseNorm);
        pgap = f32x4.add(pgap, f32x4.mul(p, f32x4.sub(logp, logb)));
      }
    }
    let entropy: f32 = -sum4(plogp);
    let kl = sum4(pgap);
    for (; at < bytes; at += 4) {
      const logp: f32 = load<f32>(z + at) * inverseTemperature - lse;
      const p: f32 = load<f32>(to + at) * scale;
      store<f32>(to + at, p);
      entropy -= p * logp;
      if (b != 0) kl += p * (logp - (load<f32>(b + at) * inverseTemperature - baseLse));
    }

    const weight = load<f32>(weights + place);
    const ownBonus: f32 = times * entropyBonus;
    lossSum += <f64>(-(weight * logprob) + (b != 0 ? beta * kl : 0) - ownBonus * entropy);
    entropySum += <f64>(times * entropy);
    if (b != 0) klSum += <f64>(times * kl);

    const bonus = f32x4.splat(ownBonus);
    for (at = 0; at < whole; at += 16) {
      const logp = f32x4.sub(f32x4.mul(v128.load(z + at), t), norm);
      let pull = f32x4.add(f32x4.splat(weight), f32x4.mul(bonus, f32x4.add(logp, f32x4.splat(entropy))));
      if (b != 0) {
        const gap = f32x4.sub(logp, f32x4.sub(f32x4.mul(v128.load(b + at), t), baseNorm));
        pull = f32x4.add(pull, f32x4.mul(f32x4.splat(beta), f32x4.sub(gap, f32x4.splat(kl))));
      }
      v128.store(to + at, f32x4.mul(f32x4.mul(v128.load(to + at), pull), f32x4.splat(share)));
    }
    for (; at < bytes; at += 4) {
      const logp: f32 = load<f32>(z + at) * inverseTemperature - lse;
      let pull: f32 = weight + ownBonus * (logp + entropy);
      if (b != 0) pull += beta * (logp - (load<f32>(b + at) * inverseTemperature - baseLse) - kl);
      store<f32>(to + at, load<f32>(to + at) * pull * share);
    }
    const chosen = to + (<usize>target << 2);
    store<f32>(chosen, load<f32>(chosen) - weight * share);
  }
  store<f64>(sums, lossSum);
  store<f64>(sums, entropySum, 8);
  store<f64>(sums, klSum, 16);
}

/** log π(target) of each of `n` rows of logits. */
export function targetLogprobs(
  logits: usize,
  targets: usize,
  out: usize,
  n: i32,
  vocabulary: i32,
  inverseTemperature: f32,
): void {
  for (let i = 0; i < n; i++) {
    const z = logits + (<usize>(i * vocabulary) << 2);
    const target = <usize>load<i32>(targets + (<usize>i << 2)) << 2;
    const lse = logSumExp(z, vocabulary, inverseTemperature);
    store<f32>(out + (<usize>i << 2), load<f32>(z + target) * inverseTemperature - lse);
  }
}

/** KL(π‖base) of each of `n` rows of logits, to `out` `[n]`. */
export function klToBase(
  logits: usize,
  base: usize,
  out: usize,
  n: i32,
  vocabulary: i32,
  inverseTemperature: f32,
): void {
  const bytes = <usize>vocabulary << 2;
  const whole = <usize>(vocabulary & ~3) << 2;
  const t = f32x4.splat(inverseTemperature);
  for (let i = 0; i < n; i++) {
    const z = logits + <usize>i * bytes;
    const b = base + <usize>i * bytes;
    const lse = logSumExp(z, vocabulary, inverseTemperature);
    const baseLse = logSumExp(b, vocabulary, inverseTemperature);
    let gaps = f32x4.splat(0);
    let at: usize = 0;
    for (; at < whole; at += 16) {
      const logp = f32x4.sub(f32x4.mul(v128.load(z + at), t), f32x4.splat(lse));
      const logb = f32x4.sub(f32x4.mul(v128.load(b + at), t), f32x4.splat(baseLse));
      gaps = f32x4.add(gaps, f32x4.mul(exp4(logp), f32x4.sub(logp, logb)));
    }
    let kl = sum4(gaps);
    for (; at < bytes; at += 4) {
      const logp: f32 = load<f32>(z + at) * inverseTemperature - lse;
      const p = exp1(logp);
      kl += p * (logp - (load<f32>(b + at) * inverseTemperature - baseLse));
    }
    store<f32>(out + (<usize>i << 2), kl);
  }
}

/** log Σ exp(x·scale). */
function logSumExp(x: usize, count: i32, scale: f32): f32 {
  const highest = largest(x, count) * scale;
  return highest + <f32>log(<f64>exponentials(x, count, scale, highest, 0));
}

function largest(x: usize, count: i32): f32 {
  const bytes = <usize>count << 2;
  const whole = <usize>(count & ~3) << 2;
  let highest: f32 = -f32.MAX_VALUE;
  if (whole > 0) {
    let top = v128.load(x);
    for (let at: usize = 16; at < whole; at += 16) top = f32x4.pmax(top, v128.load(x + at));
    highest = max4(top);
  }
  for (let at = whole; at < bytes; at += 4) highest = max(highest, load<f32>(x + at));
  return highest;
}

/** Σ exp(x·scale − shift); the summands go to `out` unless that is 0. */
function exponentials(x: usize, count: i32, scale: f32, shift: f32, out: usize): f32 {
  const bytes = <usize>count << 2;
  const whole = <usize>(count & ~3) << 2;
  const t = f32x4.splat(scale);
  const top = f32x4.splat(shift);
  let sum = f32x4.splat(0);
  let at: usize = 0;
  for (; at < whole; at += 16) {
    const e = exp4(f32x4.sub(f32x4.mul(v128.load(x + at), t), top));
    sum = f32x4.add(sum, e);
    if (out != 0) v128.store(out + at, e);
  }
  let total = sum4(sum);
  for (; at < bytes; at += 4) {
    const e = exp1(load<f32>(x + at) * scale - shift);
    total += e;
    if (out != 0) store<f32>(out + at, e);
  }
  return total;
}
