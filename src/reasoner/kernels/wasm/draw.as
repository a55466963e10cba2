import { exp4, log, max4, sum4 } from './math';

/**
 * Draws a token from each of `rows` rows of `logits` `[rows, vocabulary]`, which end as the weights they were drawn by.
 * `units` `[rows]` (f64) are uniform in [0, 1); with `greedy` the most likely token is taken, the smaller one of two.
 * `tokens` `[rows]` gets the token, or −1 where the logits are not finite; `logprobs` `[rows]` (f64) its log π at the
 * temperature.
 */
export function drawTokens(
  logits: usize,
  rows: i32,
  vocabulary: i32,
  inverseTemperature: f32,
  greedy: i32,
  units: usize,
  tokens: usize,
  logprobs: usize,
): void {
  const bytes = <usize>vocabulary << 2;
  const whole = <usize>(vocabulary & ~3) << 2;
  const scale = f32x4.splat(inverseTemperature);
  for (let r = 0; r < rows; r++) {
    const z = logits + <usize>r * bytes;
    let top = v128.load32_splat(z);
    for (let at: usize = 0; at < whole; at += 16) top = f32x4.max(top, v128.load(z + at));
    let highest = max4(top);
    for (let at = whole; at < bytes; at += 4) highest = max(highest, load<f32>(z + at));
    // The difference of a number that is not finite to itself is not 0.
    if (highest - highest != 0) {
      store<i32>(tokens + (<usize>r << 2), -1);
      continue;
    }
    let token = 0;
    if (greedy) while (load<f32>(z + (<usize>token << 2)) != highest) token++;
    const shift = f32x4.splat(highest);
    let sums = f32x4.splat(0);
    for (let at: usize = 0; at < whole; at += 16) {
      const weight = exp4(f32x4.mul(f32x4.sub(v128.load(z + at), shift), scale));
      sums = f32x4.add(sums, weight);
      v128.store(z + at, weight);
    }
    let total = <f64>sum4(sums);
    for (let at = whole; at < bytes; at += 4) {
      const weight = f32x4.extract_lane(exp4(f32x4.splat((load<f32>(z + at) - highest) * inverseTemperature)), 0);
      total += <f64>weight;
      store<f32>(z + at, weight);
    }
    if (!greedy) token = inverse(z, vocabulary, total * load<f64>(units + (<usize>r << 3)));
    store<i32>(tokens + (<usize>r << 2), token);
    const chosen = <f64>load<f32>(z + (<usize>token << 2));
    store<f64>(logprobs + (<usize>r << 3), log(chosen / total));
  }
}

/** The index at which the running sum of weights passes `x`; rounding cannot lead to one of weight 0. */
function inverse(weights: usize, count: i32, x: f64): i32 {
  let rest = x;
  let last = 0;
  for (let i = 0; i < count; i++) {
    const weight = <f64>load<f32>(weights + (<usize>i << 2));
    if (weight == 0) continue;
    last = i;
    rest -= weight;
    if (rest < 0) return i;
  }
  return last;
}
