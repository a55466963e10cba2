/**
 * RMSNorm (Zhang & Sennrich 2019): y = x · gain · s with s = 1 / √(mean x² + ε), row by row, and its gradients.
 */
import { firstOf, type Range } from './matmul.ts';
import {
  BATCH,
  list,
  matrix,
  type Profile,
  type Program,
  rowwise,
  slicePositions,
  storeGradient,
  unroll,
} from './wgsl.ts';

/** Bindings: batch, x `[tokens, width]`, gain `[width]`, y `[tokens, width]`, s `[tokens]`. */
export function rmsNorm(width: number, epsilon: number, range: Range, profile: Profile): Program {
  const rows = rowwise(profile, `batch.tokens - ${firstOf(range)}`);
  return {
    label: `rmsNorm ${width} ${range}`,
    bindings: ['uniform', 'read', 'read', 'read_write', 'read_write'],
    code: `${BATCH}
${matrix('x', { binding: 1, width })}
${matrix('gain', { binding: 2, width })}
${matrix('y', { binding: 3, width, access: 'read_write' })}
${list('scales', 4, 'f32', 'read_write')}
${rows.declarations}
${rows.head}
  let at = ${firstOf(range)} + row;
  var squares = 0.0;
  for (var i = lane * 4u; i < ${width}u; i += lanes * 4u) {
    let value = load_x(at, i, ${width}u);
    squares += dot(value, value);
  }
  let scale = inverseSqrt(total(squares, lane) / ${width}.0 + ${epsilon});
  if (lane == 0u) { scales[at] = scale; }
  for (var i = lane * 4u; i < ${width}u; i += lanes * 4u) {
    store_y(at, i, ${width}u, load_x(at, i, ${width}u) * load_gain(0u, i, ${width}u) * scale);
  }
}
`,
  };
}

/**
 * The gradient of the input: s · (g·dy − x̂ · mean(g·dy·x̂)) with x̂ = x·s, plus the gradient that reaches the input
 * past the norm, where there is one (`skip`: at all positions, or at rows only).
 * Bindings: batch, x, gain, s, dy, out; with a skip `out` holds its gradient before and the sum after.
 */
export function rmsNormGradient(
  width: number,
  range: Range,
  skip: 'none' | Range,
  profile: Profile,
): Program {
  const rows = rowwise(profile, `batch.tokens - ${firstOf(range)}`);
  const past = { none: 'false', all: 'true', rows: 'at >= batch.prefixTokens' }[skip];
  return {
    label: `rmsNorm gradient ${width} ${range}, skip ${skip}`,
    bindings: ['uniform', 'read', 'read', 'read', 'read', 'read_write'],
    code: `${BATCH}
${matrix('x', { binding: 1, width })}
${matrix('gain', { binding: 2, width })}
${list('scales', 3, 'f32')}
${matrix('dy', { binding: 4, width })}
${matrix('dx', { binding: 5, width, access: 'read_write' })}
${rows.declarations}
${rows.head}
  let at = ${firstOf(range)} + row;
  let scale = scales[at];
  var along = 0.0;
  for (var i = lane * 4u; i < ${width}u; i += lanes * 4u) {
    along += dot(load_dy(at, i, ${width}u) * load_gain(0u, i, ${width}u), load_x(at, i, ${width}u));
  }
  let mean = total(along, lane) * scale / ${width}.0;
  for (var i = lane * 4u; i < ${width}u; i += lanes * 4u) {
    let inner = load_dy(at, i, ${width}u) * load_gain(0u, i, ${width}u);
    var value = scale * (inner - load_x(at, i, ${width}u) * scale * mean);
    if (${past}) { value += load_dx(at, i, ${width}u); }
    store_dx(at, i, ${width}u, value);
  }
}
`,
  };
}

/**
 * The gain's gradient: Σ over positions of dy · x · s, in slices (see `matmul.ts`).
 * Bindings: batch, x, s, dy, gradient. Grid: columns / 4 in groups of 32, 1, slices.
 */
export function gainGradient(width: number, range: Range, slices: number, sliceStride: number): Program {
  return {
    label: `gain gradient ${width} ${range}`,
    bindings: ['uniform', 'read', 'read', 'read', 'read_write'],
    code: `${BATCH}
${matrix('x', { binding: 1, width })}
${list('scales', 2, 'f32')}
${matrix('dy', { binding: 3, width })}
${list('gradient', 4, 'f32', 'read_write')}
@compute @workgroup_size(32)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let column = id.x * 4u;
  if (column >= ${width}u) { return; }
  let slice = id.z;
  ${slicePositions(firstOf(range), slices)}
  // Four sums side by side, so that a load need not wait for the one before.
${unroll(4, (i) => `  var s${i} = vec4<f32>(0.0);`)}
  var t = begin;
  for (; t + 3u < stop; t += 4u) {
${unroll(4, (i) => `    s${i} += load_dy(t + ${i}u, column, ${width}u) * load_x(t + ${i}u, column, ${width}u) * scales[t + ${i}u];`)}
  }
  for (; t < stop; t++) { s0 += load_dy(t, column, ${width}u) * load_x(t, column, ${width}u) * scales[t]; }
  let sum = s0 + s1 + s2 + s3;
  let at = slice * ${sliceStride}u + column;
${storeGradient('at', 'column', width, 'sum')}
}
`,
  };
}
