/**
 * Rotary positions (Su et al. 2021, rotate-half: pairs are `i` and `i + headDim/2`) on queries and keys, in place.
 * The table is `[positions, headDim]`: cosines, then sines.
 */
import { rotaryTables } from '../../rotary.ts';
import { BATCH, component, LIST_GROUP, list, type Program, unroll } from './wgsl.ts';

/** Bindings: batch, spans (see `attention.ts`), table, qkv `[tokens, 3·width]`. Grid: tokens × width. */
export function rotary(width: number, headDim: number): Program {
  const half = headDim / 2;
  return {
    label: `rotary ${width} by ${headDim}`,
    bindings: ['uniform', 'read', 'read', 'read_write'],
    code: `${BATCH}
${list('spans', 1, 'vec4<u32>')}
${list('angles', 2, 'f32')}
${list('qkv', 3, 'f32', 'read_write')}
@compute @workgroup_size(${LIST_GROUP})
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let index = id.y * groups.x * ${LIST_GROUP}u + id.x;
  // A position has width pairs: half of them in queries, half in keys.
  let row = index / ${width}u;
  if (row >= batch.tokens) { return; }
  let pair = index % ${width}u;
  let column = (pair / ${half}u) * ${headDim}u + pair % ${half}u;
  let angle = spans[2u * row].w * ${headDim}u + pair % ${half}u;
  let cosine = angles[angle];
  let sine = angles[angle + ${half}u];
  let at = row * ${3 * width}u + column;
  let low = qkv[at];
  let high = qkv[at + ${half}u];
  qkv[at] = low * cosine - high * sine;
  qkv[at + ${half}u] = high * cosine + low * sine;
}
`,
  };
}

/** The table of all positions of a context. */
export function rotaryAngles(context: number, headDim: number, theta: number): Float32Array {
  const half = headDim / 2;
  const { cos, sin } = rotaryTables(
    Int32Array.from({ length: context }, (_, i) => i),
    headDim,
    theta,
  );
  const table = new Float32Array(context * headDim);
  for (let n = 0; n < context; n++) {
    table.set(cos.subarray(n * half, (n + 1) * half), n * headDim);
    table.set(sin.subarray(n * half, (n + 1) * half), n * headDim + half);
  }
  return table;
}

/**
 * Turns a head that lies in `name0`, `name1`, … (vec4s, `var`), forward or, for gradients, backward.
 * `position` is WGSL text; `angles` is declared as in {@link rotary}.
 */
export function turn(name: string, headDim: number, position: string, direction: 'forward' | 'back'): string {
  const half = headDim / 2;
  const sign = direction === 'forward' ? '' : '-';
  return `{ let angle = ${position} * ${headDim}u;
${unroll(half, (i) => {
  const low = component(name, i);
  const high = component(name, i + half);
  return `  { let c = angles[angle + ${i}u]; let s = ${sign}angles[angle + ${i + half}u]; let low = ${low}; let high = ${high};
    ${low} = low * c - high * s; ${high} = high * c + low * s; }`;
})} }`;
}
