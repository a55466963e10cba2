/**
 * Attention of one new position per row over the cache: the prompt's keys and values (shared by all rows with
 * that prompt), then the row's own. The new query and key are turned to their position on the way and the new
 * key and value stored, so nothing else has to touch the cache. One invocation has one row and head.
 */
import { type AttentionShape, loadHead, onlineStep, storeHead } from './attention.ts';
import { turn } from './rotary.ts';
import { BATCH, LIST_GROUP, list, matrix, type Program, quads, unroll } from './wgsl.ts';

/**
 * Numbers that describe a row that is being sampled: slot in the cache, first position and length of its prompt's
 * prefix, number of the sequence, most tokens it may have; then its state: tokens so far, 1 once finished, tokens at the last read-back.
 */
export const ROW_FIELDS = 8;
export const ROW = /* wgsl */ `
struct Row {
  slot: u32,
  prefixStart: u32,
  prefixLength: u32,
  sequence: u32,
  limit: u32,
  time: u32,
  finished: u32,
  windowStart: u32,
}
`;

/**
 * Bindings: batch, rows, angles, qkv `[rows, 3·width]`, prefix cache `[positions, 3·width]` (rotated qkv), cache
 * `[slots, columns, 2·width]` (keys, then values), out `[rows, width]`. Grid: rows, heads.
 */
export function decodeAttention(shape: AttentionShape): Program {
  const { width, heads } = shape;
  const dim = width / heads;
  const part = (keys: string, row: string, key: number, value: number) => `
${loadHead('k', keys, row, `(column + ${key}u)`, dim)}
${loadHead('v', keys, row, `(column + ${value}u)`, dim)}
${onlineStep(dim)}`;
  return {
    label: `decode attention ${heads} x ${dim}`,
    bindings: ['uniform', 'read', 'read', 'read', 'read', 'read_write', 'read_write'],
    code: `${BATCH}
${ROW}
${list('rows', 1, 'Row')}
${list('angles', 2, 'f32')}
${matrix('qkv', { binding: 3, width: 3 * width, piece: dim })}
${matrix('prefix', { binding: 4, width: 3 * width, piece: dim })}
${matrix('cache', { binding: 5, width: 2 * width, piece: dim, access: 'read_write' })}
${matrix('y', { binding: 6, width, piece: dim, access: 'read_write' })}
const scale = ${1 / Math.sqrt(dim)};
@compute @workgroup_size(${LIST_GROUP})
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let at = id.x;
  if (at >= batch.tokens) { return; }
  let row = rows[at];
  if (row.finished != 0u) { return; }
  let column = id.y * ${dim}u;
  let position = row.prefixLength + row.time;
  let own = row.slot * batch.columns;
${loadHead('q', 'qkv', 'at', 'column', dim, 'var')}
  ${turn('q', dim, 'position', 'forward')}
  var peak = -1e30;
  var sum = 0.0;
${unroll(quads(dim), (i) => `  var o${i} = vec4<f32>(0.0);`)}
  for (var key = row.prefixStart; key < row.prefixStart + row.prefixLength; key++) {${part('prefix', 'key', width, 2 * width)}
  }
  for (var key = own; key < own + row.time; key++) {${part('cache', 'key', 0, width)}
  }
  {
${loadHead('k', 'qkv', 'at', `(column + ${width}u)`, dim, 'var')}
${loadHead('v', 'qkv', 'at', `(column + ${2 * width}u)`, dim)}
    ${turn('k', dim, 'position', 'forward')}
${storeHead('k', 'cache', '(own + row.time)', 'column', dim)}
${storeHead('v', 'cache', '(own + row.time)', `(column + ${width}u)`, dim)}
${onlineStep(dim)}
  }
${unroll(quads(dim), (i) => `  let r${i} = o${i} / sum;`)}
${storeHead('r', 'y', 'at', 'column', dim)}
}
`,
  };
}
