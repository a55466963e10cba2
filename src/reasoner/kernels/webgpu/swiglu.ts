/** SwiGLU (Shazeer 2020): SiLU(gate) · up, from `[positions, 2·inner]`, gate first, to `[positions, inner]`. */
import { firstOf, type Range } from './matmul.ts';
import { BATCH, LIST_GROUP, matrix, type Program, quads } from './wgsl.ts';

const head = (inner: number, range: Range): string => `
@compute @workgroup_size(${LIST_GROUP})
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  // A second axis where one would have too many groups.
  let index = id.y * groups.x * ${LIST_GROUP}u + id.x;
  let row = ${firstOf(range)} + index / ${quads(inner)}u;
  if (row >= batch.tokens) { return; }
  let column = (index % ${quads(inner)}u) * 4u;`;

const gateUp = (inner: number, access: 'read' | 'read_write') =>
  matrix('gateUp', { binding: 1, width: 2 * inner, piece: inner, access });

/** Bindings: batch, gateUp, out. */
export function swiglu(inner: number, range: Range): Program {
  return {
    label: `swiglu ${inner} ${range}`,
    bindings: ['uniform', 'read', 'read_write'],
    code: `${BATCH}
${gateUp(inner, 'read')}
${matrix('y', { binding: 2, width: inner, access: 'read_write' })}
${head(inner, range)}
  let gate = load_gateUp(row, column, ${inner}u);
  let up = load_gateUp(row, ${inner}u + column, ${2 * inner}u);
  store_y(row, column, ${inner}u, gate / (1.0 + exp(-gate)) * up);
}
`,
  };
}

/**
 * Gradient in place: gate and up give way to their gradients; `dy` gives way to the activation itself, which
 * the next product needs and which is cheaper to compute again than to keep for every block.
 * Bindings: batch, gateUp, dy.
 */
export function swigluGradient(inner: number, range: Range): Program {
  return {
    label: `swiglu gradient ${inner} ${range}`,
    bindings: ['uniform', 'read_write', 'read_write'],
    code: `${BATCH}
${gateUp(inner, 'read_write')}
${matrix('dy', { binding: 2, width: inner, access: 'read_write' })}
${head(inner, range)}
  let gate = load_gateUp(row, column, ${inner}u);
  let up = load_gateUp(row, ${inner}u + column, ${2 * inner}u);
  let slope = load_dy(row, column, ${inner}u);
  let sigmoid = 1.0 / (1.0 + exp(-gate));
  let silu = gate * sigmoid;
  store_gateUp(row, column, ${inner}u, slope * up * (sigmoid * (1.0 + gate * (1.0 - sigmoid))));
  store_gateUp(row, ${inner}u + column, ${2 * inner}u, slope * silu);
  store_dy(row, column, ${inner}u, silu * up);
}
`,
  };
}
