/**
 * The objective of `loss.ts` at every row position, with its gradient in place of the logits. Temperature is
 * part of the policy; entropy and KL are exact sums over the vocabulary.
 */
import { BATCH, list, matrix, type Profile, type Program, rowwise } from './wgsl.ts';

/** Per position: weight, KL coefficient, target, nothing. */
export const TERM_FIELDS = 4;
/** Per position: loss, entropy, KL (0 without a coefficient), log π(target). */
export const STATISTIC_FIELDS = 4;

/**
 * Bindings: batch, terms `[positions of rows, 4]`, base logits and logits `[tokens, vocabulary]`, statistics
 * `[positions of rows, 4]`. Without `gradient` only the statistics are written.
 */
export function policyLoss(vocabulary: number, gradient: boolean, profile: Profile): Program {
  const rows = rowwise(profile, 'batch.tokens - batch.prefixTokens');
  const v = `${vocabulary}u`;
  const each = (body: string) => `for (var i = lane * 4u; i < ${v}; i += lanes * 4u) {${body}}`;
  // Numbers past the end of an odd vocabulary must not count.
  const inside =
    vocabulary % 4 === 0 ? 'vec4<bool>(true)' : `(vec4<u32>(i, i + 1u, i + 2u, i + 3u) < vec4<u32>(${v}))`;
  const maximum = 'max(max(z.x, z.y), max(z.z, z.w))';
  const sumOf = (value: string) => `dot(${value}, vec4<f32>(1.0))`;
  return {
    label: `policy loss ${vocabulary}${gradient ? '' : ', values only'}`,
    bindings: ['uniform', 'read', 'read', 'read_write', 'read_write'],
    code: `${BATCH}
${list('terms', 1, 'vec4<u32>')}
${matrix('base', { binding: 2, width: vocabulary })}
${matrix('logits', { binding: 3, width: vocabulary, access: 'read_write' })}
${list('statistics', 4, 'vec4<f32>', 'read_write')}
const none = vec4<f32>(-1e30);
fn policy(row: u32, i: u32) -> vec4<f32> {
  return select(none, load_logits(row, i, ${v}) * batch.inverseTemperature, ${inside});
}
fn base_policy(row: u32, i: u32) -> vec4<f32> {
  return select(none, load_base(row, i, ${v}) * batch.inverseTemperature, ${inside});
}
${rows.declarations}
${rows.head}
  let at = row + batch.prefixTokens;
  // Read as bits: a small integer taken for a float is a denormal, which a GPU may flush to zero.
  let bits = terms[row];
  let weight = bitcast<f32>(bits.x);
  let beta = bitcast<f32>(bits.y);
  let target_token = bits.z;
  var peak = -1e30;
  ${each(`let z = policy(at, i); peak = max(peak, ${maximum});`)}
  peak = highest(peak, lane);
  var sum = 0.0;
  ${each(`let z = policy(at, i); sum += ${sumOf('exp(z - peak)')};`)}
  let logSum = peak + log(total(sum, lane));
  var mean = 0.0;
  ${each(`let z = max(policy(at, i) - logSum, vec4<f32>(-1e4)); mean += dot(exp(z), z);`)}
  let entropy = -total(mean, lane);

  let withBase = batch.usesBase != 0u && beta > 0.0;
  var baseSum = 0.0;
  var kl = 0.0;
  if (batch.usesBase != 0u) {
    var basePeak = -1e30;
    ${each(`let z = base_policy(at, i); basePeak = max(basePeak, ${maximum});`)}
    basePeak = highest(basePeak, lane);
    var part = 0.0;
    ${each(`let z = base_policy(at, i); part += ${sumOf('exp(z - basePeak)')};`)}
    baseSum = basePeak + log(total(part, lane));
    var gap = 0.0;
    ${each(`let z = max(policy(at, i) - logSum, vec4<f32>(-1e4));
      gap += dot(exp(z), z - max(base_policy(at, i) - baseSum, vec4<f32>(-1e4)));`)}
    kl = total(gap, lane);
  }
  let coefficient = select(0.0, beta, withBase);

  let quad = target_token & ~3u;
  let chosen = policy(at, quad)[target_token & 3u] - logSum;
  if (lane == 0u) {
    let loss = -weight * chosen + coefficient * kl - batch.entropy * entropy;
    statistics[row] = vec4<f32>(loss, entropy, select(0.0, kl, withBase), chosen);
  }
${
  gradient
    ? `  let share = batch.share * batch.inverseTemperature;
  ${profile.cooperative ? 'storageBarrier();' : ''}
  ${each(`
    let logp = max(policy(at, i) - logSum, vec4<f32>(-1e4));
    let p = exp(logp);
    var value = weight * p + batch.entropy * p * (logp + entropy);
    if (withBase) { value += coefficient * p * (logp - max(base_policy(at, i) - baseSum, vec4<f32>(-1e4)) - kl); }
    if (i == quad) { value[target_token & 3u] -= weight; }
    store_logits(at, i, ${v}, value * share);
  `)}`
    : ''
}
}
`,
  };
}
