/**
 * Causal attention over a flat list of prefixes and rows (see `batch.ts`): a prefix sees itself, a row sees its
 * prefix and itself. One invocation has one position and head and walks the keys once, keeping a running maximum
 * and sum (online softmax, Milakov & Gimelshein 2018; FlashAttention, Dao et al. 2022), so no score is stored.
 * Neighbouring invocations have neighbouring positions and so read the same keys at the same time.
 *
 * The gradients compute the scores again from the stored log-sum-exp: one kernel walks the keys of each query,
 * one walks the queries of each key, and both turn their result back through the rotary positions.
 */
import type { Layout } from '../../batch.ts';
import { firstOf, type Range } from './matmul.ts';
import { turn } from './rotary.ts';
import { BATCH, LIST_GROUP, list, matrix, type Program, quads, unroll } from './wgsl.ts';

/** Numbers that {@link spansOf} gives for each position. */
export const SPAN_FIELDS = 8;

/**
 * What each position may see and is seen by, `[tokens, 8]`: keys of its prefix (start, end), first key of its
 * own, rotary position; then the end of its own queries, the queries of the rows after it (start, end), 0.
 */
export function spansOf(layout: Layout, positions: Int32Array): Uint32Array {
  const spans = new Uint32Array(layout.tokens * SPAN_FIELDS);
  // Written number by number: a list for each of thousands of positions would cost more than the step's dispatches.
  const put = (start: number, length: number, prefix: [number, number], rows: [number, number]) => {
    for (let i = start, at = start * SPAN_FIELDS; i < start + length; i++, at += SPAN_FIELDS) {
      spans[at] = prefix[0];
      spans[at + 1] = prefix[1];
      spans[at + 2] = start;
      spans[at + 3] = positions[i]!;
      spans[at + 4] = start + length;
      spans[at + 5] = rows[0];
      spans[at + 6] = rows[1];
    }
  };
  // Rows lie in the order of their prefixes, so the rows of a prefix are one run of positions.
  const rowsOf = Array.from(layout.prefixOffset, (): [number, number] => [0, 0]);
  for (const [r, g] of layout.rowPrefix.entries()) {
    const start = layout.rowOffset[r]!;
    const length = layout.rowLength[r]!;
    const run = rowsOf[g]!;
    if (run[1] === 0) run[0] = start;
    else if (run[1] !== start) throw new Error('The rows of a batch must lie in the order of their prefixes');
    run[1] = start + length;
    const prefix = layout.prefixOffset[g]!;
    put(start, length, [prefix, prefix + layout.prefixLength[g]!], [0, 0]);
  }
  for (const [g, start] of layout.prefixOffset.entries())
    put(start, layout.prefixLength[g]!, [0, 0], rowsOf[g]!);
  return spans;
}

export interface AttentionShape {
  width: number;
  heads: number;
}

const headDimOf = ({ width, heads }: AttentionShape): number => width / heads;

/** Loads one head's numbers into `target0`, `target1`, … */
export function loadHead(
  target: string,
  from: string,
  row: string,
  column: string,
  headDim: number,
  keyword = 'let',
): string {
  return unroll(
    quads(headDim),
    (i) => `${keyword} ${target}${i} = load_${from}(${row}, ${column} + ${4 * i}u, ${column} + ${headDim}u);`,
  );
}

export function storeHead(source: string, to: string, row: string, column: string, headDim: number): string {
  return unroll(
    quads(headDim),
    (i) => `store_${to}(${row}, ${column} + ${4 * i}u, ${column} + ${headDim}u, ${source}${i});`,
  );
}

function dotHeads(a: string, b: string, headDim: number): string {
  return Array.from({ length: quads(headDim) }, (_, i) => `dot(${a}${i}, ${b}${i})`).join(' + ');
}

const entry = (count: string): string => `
@compute @workgroup_size(${LIST_GROUP})
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let at = id.x;
  if (at >= ${count}) { return; }
  let head = id.y;`;

/** Takes the key and value of position `key` into the running maximum, sum and average of query `q`. */
export const onlineStep = (headDim: number): string => `
    let score = (${dotHeads('q', 'k', headDim)}) * scale;
    let raised = max(peak, score);
    let keep = exp(peak - raised);
    let weight = exp(score - raised);
    peak = raised;
    sum = sum * keep + weight;
${unroll(quads(headDim), (i) => `    o${i} = o${i} * keep + v${i} * weight;`)}`;

/**
 * Bindings: batch, spans, qkv (rotated) `[tokens, 3·width]`, out `[tokens, width]`, log-sum-exp `[tokens, heads]`.
 * Grid: positions of the range, heads.
 */
export function attention(shape: AttentionShape, range: Range): Program {
  const { width, heads } = shape;
  const dim = headDimOf(shape);
  return {
    label: `attention ${heads} x ${dim} ${range}`,
    bindings: ['uniform', 'read', 'read', 'read_write', 'read_write'],
    code: `${BATCH}
${list('spans', 1, 'vec4<u32>')}
${matrix('qkv', { binding: 2, width: 3 * width, piece: dim })}
${matrix('y', { binding: 3, width, piece: dim, access: 'read_write' })}
${list('logSums', 4, 'f32', 'read_write')}
const scale = ${1 / Math.sqrt(dim)};
${entry(`batch.tokens - ${firstOf(range)}`)}
  let query = at + ${firstOf(range)};
  let span = spans[2u * query];
  let column = head * ${dim}u;
${loadHead('q', 'qkv', 'query', 'column', dim)}
  var peak = -1e30;
  var sum = 0.0;
${unroll(quads(dim), (i) => `  var o${i} = vec4<f32>(0.0);`)}
  // The prefix's keys, then its own.
  for (var part = 0u; part < 2u; part++) {
    let end = select(query + 1u, span.y, part == 0u);
    for (var key = select(span.z, span.x, part == 0u); key < end; key++) {
${loadHead('k', 'qkv', 'key', `(column + ${width}u)`, dim)}
${loadHead('v', 'qkv', 'key', `(column + ${2 * width}u)`, dim)}
${onlineStep(dim)}
    }
  }
${unroll(quads(dim), (i) => `  let r${i} = o${i} / sum;`)}
${storeHead('r', 'y', 'query', 'column', dim)}
  logSums[query * ${heads}u + head] = peak + log(sum);
}
`,
  };
}

/**
 * Gradient of the queries, and for {@link keyGradient} what each output's gradient has along the output itself.
 * With the range of rows the queries of prefixes get zeros.
 * Bindings: batch, spans, angles, qkv, out, log-sum-exp, dOut, dQkv, along `[tokens, heads]`. Grid: tokens, heads.
 */
export function queryGradient(shape: AttentionShape, range: Range): Program {
  const { width, heads } = shape;
  const dim = headDimOf(shape);
  return {
    label: `query gradient ${heads} x ${dim} ${range}`,
    bindings: ['uniform', 'read', 'read', 'read', 'read', 'read', 'read', 'read_write', 'read_write'],
    code: `${BATCH}
${list('spans', 1, 'vec4<u32>')}
${list('angles', 2, 'f32')}
${matrix('qkv', { binding: 3, width: 3 * width, piece: dim })}
${matrix('y', { binding: 4, width, piece: dim })}
${list('logSums', 5, 'f32')}
${matrix('dy', { binding: 6, width, piece: dim })}
${matrix('dqkv', { binding: 7, width: 3 * width, piece: dim, access: 'read_write' })}
${list('along', 8, 'f32', 'read_write')}
const scale = ${1 / Math.sqrt(dim)};
${entry('batch.tokens')}
  let query = at;
  let column = head * ${dim}u;
${unroll(quads(dim), (i) => `  var g${i} = vec4<f32>(0.0);`)}
  if (query >= ${firstOf(range)}) {
    let span = spans[2u * query];
${loadHead('q', 'qkv', 'query', 'column', dim)}
${loadHead('d', 'dy', 'query', 'column', dim)}
${loadHead('o', 'y', 'query', 'column', dim)}
    let mean = ${dotHeads('d', 'o', dim)};
    let logSum = logSums[query * ${heads}u + head];
    along[query * ${heads}u + head] = mean;
    for (var part = 0u; part < 2u; part++) {
      let end = select(query + 1u, span.y, part == 0u);
      for (var key = select(span.z, span.x, part == 0u); key < end; key++) {
${loadHead('k', 'qkv', 'key', `(column + ${width}u)`, dim)}
${loadHead('v', 'qkv', 'key', `(column + ${2 * width}u)`, dim)}
        let weight = exp((${dotHeads('q', 'k', dim)}) * scale - logSum);
        let slope = weight * (${dotHeads('d', 'v', dim)} - mean) * scale;
${unroll(quads(dim), (i) => `        g${i} += k${i} * slope;`)}
      }
    }
    ${turn('g', dim, 'span.w', 'back')}
  }
${storeHead('g', 'dqkv', 'query', 'column', dim)}
}
`,
  };
}

/**
 * Gradients of keys and values; runs after {@link queryGradient}. Same bindings, without `out`, `along` read only.
 * Bindings: batch, spans, angles, qkv, log-sum-exp, dOut, along, dQkv. Grid: tokens, heads.
 */
export function keyGradient(shape: AttentionShape, range: Range): Program {
  const { width, heads } = shape;
  const dim = headDimOf(shape);
  return {
    label: `key gradient ${heads} x ${dim} ${range}`,
    bindings: ['uniform', 'read', 'read', 'read', 'read', 'read', 'read', 'read_write'],
    code: `${BATCH}
${list('spans', 1, 'vec4<u32>')}
${list('angles', 2, 'f32')}
${matrix('qkv', { binding: 3, width: 3 * width, piece: dim })}
${list('logSums', 4, 'f32')}
${matrix('dy', { binding: 5, width, piece: dim })}
${list('along', 6, 'f32')}
${matrix('dqkv', { binding: 7, width: 3 * width, piece: dim, access: 'read_write' })}
const scale = ${1 / Math.sqrt(dim)};
${entry('batch.tokens')}
  let key = at;
  let span = spans[2u * key + 1u];
  let position = spans[2u * key].w;
  let column = head * ${dim}u;
${loadHead('k', 'qkv', 'key', `(column + ${width}u)`, dim)}
${loadHead('v', 'qkv', 'key', `(column + ${2 * width}u)`, dim)}
${unroll(quads(dim), (i) => `  var a${i} = vec4<f32>(0.0);\n  var b${i} = vec4<f32>(0.0);`)}
  // Its own queries from its position on, then those of all rows after its prefix.
  for (var part = 0u; part < 2u; part++) {
    let end = select(span.z, span.x, part == 0u);
    var query = select(span.y, key, part == 0u);
    ${range === 'rows' ? 'if (query < batch.prefixTokens) { query = end; }' : ''}
    for (; query < end; query++) {
${loadHead('q', 'qkv', 'query', 'column', dim)}
${loadHead('d', 'dy', 'query', 'column', dim)}
      let weight = exp((${dotHeads('q', 'k', dim)}) * scale - logSums[query * ${heads}u + head]);
      let slope = weight * (${dotHeads('d', 'v', dim)} - along[query * ${heads}u + head]) * scale;
${unroll(quads(dim), (i) => `      a${i} += q${i} * slope;\n      b${i} += d${i} * weight;`)}
    }
  }
  ${turn('a', dim, 'position', 'back')}
${storeHead('a', 'dqkv', 'key', `(column + ${width}u)`, dim)}
${storeHead('b', 'dqkv', 'key', `(column + ${2 * width}u)`, dim)}
}
`,
  };
}
