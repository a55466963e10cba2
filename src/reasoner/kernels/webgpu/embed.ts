/** The embedding table's rows for a list of tokens, and its gradient. */
import { BATCH, LIST_GROUP, list, matrix, type Program, quads, storeGradient } from './wgsl.ts';

const head = (width: number): string => `
@compute @workgroup_size(${LIST_GROUP})
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let index = id.y * groups.x * ${LIST_GROUP}u + id.x;
  let row = index / ${quads(width)}u;
  let column = (index % ${quads(width)}u) * 4u;`;

/** Bindings: batch, tokens `[tokens]`, table `[vocabulary, width]`, out `[tokens, width]`. */
export function embed(width: number): Program {
  return {
    label: `embed ${width}`,
    bindings: ['uniform', 'read', 'read', 'read_write'],
    code: `${BATCH}
${list('tokens', 1, 'u32')}
${matrix('table', { binding: 2, width })}
${matrix('y', { binding: 3, width, access: 'read_write' })}
${head(width)}
  if (row >= batch.tokens) { return; }
  store_y(row, column, ${width}u, load_table(tokens[row], column, ${width}u));
}
`,
  };
}

/**
 * Σ of dy over the positions of each token. `places` lists positions by token: first `vocabulary + 1` starts,
 * then the positions, increasing. So every sum has one order and runs repeat to the bit, which atomics would not.
 * Bindings: batch, places, dy, gradient. Grid: vocabulary × columns / 4, 1, slices.
 */
export function embedGradient(
  vocabulary: number,
  width: number,
  slices: number,
  sliceStride: number,
): Program {
  return {
    label: `embed gradient ${vocabulary} x ${width}`,
    bindings: ['uniform', 'read', 'read', 'read_write'],
    code: `${BATCH}
${list('places', 1, 'u32')}
${matrix('dy', { binding: 2, width })}
${list('gradient', 3, 'f32', 'read_write')}
${head(width)}
  if (row >= ${vocabulary}u) { return; }
  let slice = id.z;
  let start = places[row];
  let end = places[row + 1u];
  let share = (end - start + ${slices - 1}u) / ${slices}u;
  let begin = min(start + slice * share, end);
  let stop = min(begin + share, end);
  var sum = vec4<f32>(0.0);
  for (var i = begin; i < stop; i++) { sum += load_dy(places[${vocabulary + 1}u + i], column, ${width}u); }
  let at = slice * ${sliceStride}u + row * ${width}u + column;
${storeGradient('at', 'column', width, 'sum')}
}
`,
  };
}
