/**
 * Draws the next token of every row from its logits, and looks up its embedding as the next input. The draw
 * depends on the seed, the sequence and the position only, not on the batch (the same hash as on the CPU).
 */
import { ROW } from './decodeAttention.ts';
import { BATCH, list, matrix, type Profile, type Program, rowwise } from './wgsl.ts';

/** Numbers of a drawn token: the token, the bits of its log-probability. */
export const DRAW_FIELDS = 2;

/**
 * Bindings: batch, rows (their state moves on), logits `[rows, vocabulary]`, embedding `[vocabulary, width]`, x
 * `[rows, width]`, draws `[rows, window, 2]`. The log-probability is that of the policy at the temperature: what
 * training computes.
 */
export function sampleToken(
  vocabulary: number,
  width: number,
  window: number,
  end: number,
  profile: Profile,
): Program {
  const rows = rowwise(profile, 'batch.tokens');
  const v = `${vocabulary}u`;
  const each = (body: string) => `for (var i = lane * 4u; i < ${v}; i += lanes * 4u) {${body}}`;
  const inside =
    vocabulary % 4 === 0 ? 'vec4<bool>(true)' : `(vec4<u32>(i, i + 1u, i + 2u, i + 3u) < vec4<u32>(${v}))`;
  return {
    label: `sample from ${vocabulary}`,
    bindings: ['uniform', 'read_write', 'read', 'read', 'read_write', 'read_write'],
    code: `${BATCH}
${ROW}
${list('rows', 1, 'Row', 'read_write')}
${matrix('logits', { binding: 2, width: vocabulary })}
${matrix('table', { binding: 3, width })}
${matrix('x', { binding: 4, width, access: 'read_write' })}
${list('draws', 5, 'vec2<u32>', 'read_write')}
fn policy(row: u32, i: u32) -> vec4<f32> {
  return select(vec4<f32>(-1e30), load_logits(row, i, ${v}) * batch.inverseTemperature, ${inside});
}
// Murmur3's finaliser, thrice.
fn mix_bits(value: u32) -> u32 {
  var h = value;
  h = (h ^ (h >> 16u)) * 0x85ebca6bu;
  h = (h ^ (h >> 13u)) * 0xc2b2ae35u;
  return h ^ (h >> 16u);
}
fn unit(sequence: u32, position: u32) -> f32 {
  var h = mix_bits(batch.seed ^ 0x9e3779b9u);
  h = mix_bits(h ^ ((sequence + 1u) * 0x85ebca6bu));
  h = mix_bits(h ^ ((position + 1u) * 0xc2b2ae35u));
  return f32(h >> 8u) / 16777216.0;
}
${rows.declarations}
${profile.cooperative ? 'var<workgroup> drawn: u32;' : ''}
${rows.head}
  let state = rows[row];
  var peak = -1e30;
  ${each(`
    let z = policy(row, i);
    peak = max(peak, max(max(z.x, z.y), max(z.z, z.w)));
  `)}
  peak = highest(peak, lane);
  var part = 0.0;
  ${each(`
    let z = policy(row, i);
    part += dot(exp(z - peak), vec4<f32>(1.0));
  `)}
  let sum = total(part, lane);
  // The walk over the cumulated weights has an order, so one invocation takes it.
  var token = 0u;
  if (lane == 0u) {
    var rest = sum * unit(state.sequence, state.time);
    var decided = false;
    for (var i = 0u; i < ${v} && !decided; i += 4u) {
      let z = policy(row, i);
      let p = exp(z - peak);
      if (batch.greedy == 0u && dot(p, vec4<f32>(1.0)) <= rest) {
        // Rounding may leave a little at the end: then the last possible token is drawn.
        for (var j = 0u; j < 4u; j++) { if (p[j] > 0.0) { token = i + j; } }
        rest -= dot(p, vec4<f32>(1.0));
        continue;
      }
      for (var j = 0u; j < 4u && !decided; j++) {
        if (batch.greedy != 0u) {
          if (z[j] >= peak) { token = i + j; decided = true; }
        } else if (p[j] > 0.0) {
          token = i + j;
          rest -= p[j];
          decided = rest < 0.0;
        }
      }
    }
    ${profile.cooperative ? 'drawn = token;' : ''}
    if (state.finished == 0u) {
      let logprob = policy(row, token & ~3u)[token & 3u] - peak - log(sum);
      draws[row * ${window}u + state.time - state.windowStart] = vec2<u32>(token, bitcast<u32>(logprob));
      rows[row].time = state.time + 1u;
      if (token == ${end}u || state.time + 1u == state.limit) { rows[row].finished = 1u; }
    }
  }
  ${profile.cooperative ? 'token = workgroupUniformLoad(&drawn);' : ''}
  for (var i = lane * 4u; i < ${width}u; i += lanes * 4u) {
    store_x(row, i, ${width}u, load_table(token, i, ${width}u));
  }
}
`,
  };
}
