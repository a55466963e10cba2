/**
 * Products of one position per row, for sampling: few rows, so what surrounds a product is computed inside it.
 * The norm before it: Σ x² runs beside the product, the gain goes into the weights and the scale onto the result.
 * SwiGLU after it: an invocation has the same columns of gate and up.
 */
import { BATCH, matrix, type Program, unroll } from './wgsl.ts';

export interface DecodeProductShape {
  k: number;
  /** Columns of the result; with `swiglu` the weights have twice as many. */
  n: number;
  /** ε of the RMSNorm of the input; without it the input is taken as it is. */
  epsilon?: number;
  swiglu?: boolean;
  residual?: boolean;
  /** The weights are `[n, k]`: the head that is tied to the embedding. */
  transposed?: boolean;
}

export const DECODE_GROUP_COLUMNS = 32;
export const DECODE_GROUP_ROWS = 32;

/** Bindings: batch, x `[rows, k]`, weights, out `[rows, n]`, then gain `[k]` or residual `[rows, n]` where asked. */
export function decodeProduct(shape: DecodeProductShape): Program {
  const { k, n, epsilon, swiglu = false, residual = false, transposed = false } = shape;
  const normed = epsilon !== undefined;
  const columns = swiglu ? 2 * n : n;
  const extra: string[] = [];
  if (normed) extra.push(matrix('gain', { binding: 4, width: k }));
  if (residual) extra.push(matrix('r', { binding: normed ? 5 : 4, width: n }));
  const rowOf = (i: number) => (k % 4 === 0 ? `k + ${i}u` : `min(k + ${i}u, ${k - 1}u)`);
  const weightsOf = (name: string, offset: string, end: number) =>
    transposed
      ? `${unroll(4, (i) => `    let ${name}t${i} = load_w(min(column + ${i}u, ${n - 1}u), k, ${k}u)${normed ? ' * g' : ''};`)}
    let ${name} = transpose(mat4x4<f32>(${name}t0, ${name}t1, ${name}t2, ${name}t3));`
      : unroll(
          4,
          (i) =>
            `    let ${name}${i} = load_w(${rowOf(i)}, ${offset}column, ${end}u)${normed ? ` * g[${i}]` : ''};`,
        );
  const take = (name: string, i: number) => (transposed ? `${name}[${i}]` : `${name}${i}`);
  const accumulate = (sum: string, name: string, r: number) =>
    `    ${sum}${r} += ${Array.from({ length: 4 }, (_, i) => `a${r}[${i}] * ${take(name, i)}`).join(' + ')};`;
  const scaled = (sum: string, r: number) =>
    normed ? `${sum}${r} * inverseSqrt(s${r} / ${k}.0 + ${epsilon})` : `${sum}${r}`;
  const result = (r: number) => {
    const value = swiglu
      ? `let gate = ${scaled('c', r)}; let value = gate / (1.0 + exp(-gate)) * (${scaled('u', r)});`
      : `let value = ${scaled('c', r)};`;
    return `  if (row + ${r}u <= last) { ${value} store_y(row + ${r}u, column, ${n}u, value${residual ? ` + load_r(row + ${r}u, column, ${n}u)` : ''}); }`;
  };
  return {
    label: `decode ${n} over ${k}${normed ? ' normed' : ''}${swiglu ? ' swiglu' : ''}`,
    bindings: ['uniform', 'read', 'read', 'read_write', ...extra.map(() => 'read' as const)],
    code: `${BATCH}
${matrix('x', { binding: 1, width: k })}
${matrix('w', { binding: 2, width: transposed ? k : columns, piece: transposed ? k : n })}
${matrix('y', { binding: 3, width: n, access: 'read_write' })}
${extra.join('\n')}
@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let column = id.x * 4u;
  let row = id.y * 4u;
  if (column >= ${n}u || row >= batch.tokens) { return; }
  let last = batch.tokens - 1u;
${unroll(4, (r) => `  let r${r} = min(row + ${r}u, last);\n  var c${r} = vec4<f32>(0.0);${swiglu ? `\n  var u${r} = vec4<f32>(0.0);` : ''}${normed ? `\n  var s${r} = 0.0;` : ''}`)}
  for (var k = 0u; k < ${k}u; k += 4u) {
${normed ? `    let g = load_gain(0u, k, ${k}u);` : ''}
${weightsOf('b', '', transposed ? k : n)}
${swiglu ? weightsOf('h', `${n}u + `, columns) : ''}
${unroll(4, (r) => `    let a${r} = load_x(r${r}, k, ${k}u);${normed ? `\n    s${r} += dot(a${r}, a${r});` : ''}\n${accumulate('c', 'b', r)}${swiglu ? `\n${accumulate('u', 'h', r)}` : ''}`)}
  }
${unroll(4, result)}
}
`,
  };
}
