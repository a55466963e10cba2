/**
 * Matrix products, the bulk of a step's arithmetic. Three forms serve forward and backward:
 *
 *   nn   C[m, n] = A[m, k] · B[k, n]      activations times weights
 *   nt   C[m, n] = A[m, k] · B[n, k]ᵀ     gradients times weights, back to the inputs
 *   tn   C[m, n] = A[t, m]ᵀ · B[t, n]     the weights' gradient, summed over positions t
 *
 * `nn` and `nt` run over the positions of a batch; `tn` runs over them inside, cut into slices that are summed
 * later, so that enough invocations are busy although the result is small.
 *
 * Two arrangements: register tiles of 4 × 4 numbers (no barrier), and tiles of 64 × 64 in workgroup memory for
 * graphics cards.
 */
import { BATCH, matrix, type Profile, type Program, slicePositions, unroll } from './wgsl.ts';

/** Which positions a kernel runs over: all, or those of rows (prefixes come first in the flat list). */
export type Range = 'all' | 'rows';

export interface ProductShape {
  form: 'nn' | 'nt' | 'tn';
  /** Columns of the result. */
  n: number;
  /** `nn`, `nt`: numbers summed over. */
  k?: number;
  /** `tn`: rows of the result. */
  m?: number;
  range: Range;
  /** `nn`, `nt`: adds a matrix of the result's shape, which is bound last. */
  residual?: boolean;
  /** `tn`: slices the positions are cut into, and numbers from one slice's result to the next. */
  slices?: number;
  sliceStride?: number;
  /** `tn`: always adds to what is there (a second contribution to the same gradient). */
  add?: boolean;
}

/** Columns and rows of the result that one workgroup computes, and the program. */
export interface Product {
  program: Program;
  groupRows: number;
  groupColumns: number;
}

/** First position of a range. */
export const firstOf = (range: Range): string => (range === 'rows' ? 'batch.prefixTokens' : '0u');

/** A product of the shape, arranged for the adapter. Bindings: batch, A, B, C and, when asked, the residual. */
export function product(shape: ProductShape, profile: Profile): Product {
  return profile.cooperative ? tiledProduct(shape) : registerProduct(shape);
}

function declarations(shape: ProductShape): string {
  const { form, n, k = 0, m = 0, residual } = shape;
  const bWidth = form === 'nt' ? k : n;
  return [
    BATCH,
    matrix('a', { binding: 1, width: form === 'tn' ? m : k }),
    matrix('b', { binding: 2, width: bWidth }),
    matrix('c', { binding: 3, width: n, access: 'read_write' }),
    residual ? matrix('r', { binding: 4, width: n }) : '',
  ].join('\n');
}

function programOf(shape: ProductShape, code: string, arrangement: string): Program {
  const { form, m, n, k, range } = shape;
  return {
    label: `${form} ${arrangement} ${m ?? range} x ${n}${k ? ` over ${k}` : ''}`,
    code: declarations(shape) + code,
    bindings: ['uniform', 'read', 'read', 'read_write', ...(shape.residual ? (['read'] as const) : [])],
  };
}

/** Row `k + i` of a matrix of `k` rows; past the end the last one, whose factor is zero. */
const inner = (k: number, i: number): string =>
  k % 4 === 0 ? `k + ${i}u` : `min(k + ${i}u, ${Math.max(0, k - 1)}u)`;

/** What happens to four finished numbers of the result. */
function finish(shape: ProductShape, row: string, column: string, value: string): string {
  const { form, n, residual } = shape;
  if (form !== 'tn') {
    const sum = residual ? `${value} + load_r(${row}, ${column}, ${n}u)` : value;
    return `store_c(${row}, ${column}, ${n}u, ${sum});`;
  }
  const whole = n % 4 === 0;
  // The slice is an offset in rows of the result, so the stride is a multiple of the width: see `slicesOf`.
  const at = `slice * ${shape.sliceStride}u + (${row}) * ${n}u + ${column}`;
  const previous = shape.add ? 'true' : 'batch.accumulate != 0u';
  if (whole) {
    return `{ let at = (${at}) / 4u; var value = ${value}; if (${previous}) { value += c[at]; } c[at] = value; }`;
  }
  return `{ let at = ${at}; let value = ${value};
${unroll(4, (i) => `if (${column} + ${i}u < ${n}u) { c[at + ${i}u] = select(0.0, c[at + ${i}u], ${previous}) + value[${i}]; }`)} }`;
}

function registerProduct(shape: ProductShape): Product {
  const { form, n, k = 0, m = 0 } = shape;
  const group = 8;
  const open = `@compute @workgroup_size(${group}, ${group})
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let column = id.x * 4u;
  if (column >= ${n}u) { return; }`;
  const accumulators = unroll(4, (i) => `  var c${i} = vec4<f32>(0.0);`);
  let body: string;
  if (form === 'tn') {
    body = `
  let row = id.y * 4u;
  if (row >= ${m}u) { return; }
  let slice = id.z;
  ${slicePositions(firstOf(shape.range), shape.slices ?? 1)}
${accumulators}
  for (var t = begin; t < stop; t++) {
    let av = load_a(t, row, ${m}u);
    let bv = load_b(t, column, ${n}u);
${unroll(4, (i) => `    c${i} += av.${'xyzw'[i]} * bv;`)}
  }
${unroll(4, (i) => `  if (row + ${i}u < ${m}u) { ${finish(shape, `row + ${i}u`, 'column', `c${i}`)} }`)}`;
  } else {
    const step =
      form === 'nn'
        ? `${unroll(4, (i) => `    let b${i} = load_b(${inner(k, i)}, column, ${n}u);`)}
${unroll(4, (i) => `    let a${i} = load_a(r${i}, k, ${k}u);\n    c${i} += a${i}.x * b0 + a${i}.y * b1 + a${i}.z * b2 + a${i}.w * b3;`)}`
        : `${unroll(4, (i) => `    let b${i} = load_b(min(column + ${i}u, ${n - 1}u), k, ${k}u);`)}
${unroll(4, (i) => `    let a${i} = load_a(r${i}, k, ${k}u);\n    c${i} += vec4<f32>(dot(a${i}, b0), dot(a${i}, b1), dot(a${i}, b2), dot(a${i}, b3));`)}`;
    body = `
  let row = ${firstOf(shape.range)} + id.y * 4u;
  if (row >= batch.tokens) { return; }
  let last = batch.tokens - 1u;
${unroll(4, (i) => `  let r${i} = min(row + ${i}u, last);`)}
${accumulators}
  for (var k = 0u; k < ${k}u; k += 4u) {
${step}
  }
${unroll(4, (i) => `  if (row + ${i}u <= last) { ${finish(shape, `row + ${i}u`, 'column', `c${i}`)} }`)}`;
  }
  return {
    program: programOf(shape, `${open}${body}\n}\n`, 'in registers'),
    groupRows: 4 * group,
    groupColumns: 4 * group,
  };
}

const TILE = 64;
/** Numbers summed over between two barriers. */
const DEPTH = 16;

function tiledProduct(shape: ProductShape): Product {
  const { form, n, k = 0, m = 0 } = shape;
  // Where four neighbouring numbers lie along the tile, they are kept as one vec4; where they lie along the
  // depth, they are scattered, and scattered writes of single components must not share a vec4.
  const wholeA = form === 'tn';
  const wholeB = form !== 'nt';
  const memory = (name: string, whole: boolean) =>
    whole
      ? `var<workgroup> ${name}: array<vec4<f32>, ${(DEPTH * TILE) / 4}>;`
      : `var<workgroup> ${name}: array<f32, ${DEPTH * TILE}>;`;
  const alongTile = (name: string, load: (depth: string, place: string) => string) => `
    { let depth = thread / 16u; let place = (thread % 16u) * 4u;
      ${name}[depth * ${TILE / 4}u + place / 4u] = ${load('depth', 'place')}; }`;
  const alongDepth = (name: string, load: (depth: string, place: string) => string) => `
    { let place = thread / 4u; let depth = (thread % 4u) * 4u;
      let value = ${load('depth', 'place')};
${unroll(4, (i) => `      ${name}[(depth + ${i}u) * ${TILE}u + place] = value[${i}];`)} }`;
  // Past the end the sum gets zeros; rows and columns past the result's are computed and not written.
  const within = (load: string) => (depth: string, place: string) =>
    `select(vec4<f32>(0.0), ${load.replace('DEPTH', `k + ${depth}`).replace('PLACE', place)}, k + ${depth} < end)`;
  const fillA = wholeA
    ? alongTile('tile_a', within(`load_a(DEPTH, rowTile + PLACE, ${m}u)`))
    : alongDepth('tile_a', within(`load_a(rowTile + PLACE, DEPTH, ${k}u)`));
  const fillB = wholeB
    ? alongTile('tile_b', within(`load_b(DEPTH, columnTile + PLACE, ${n}u)`))
    : alongDepth('tile_b', within(`load_b(columnTile + PLACE, DEPTH, ${k}u)`));
  const range =
    form === 'tn'
      ? `
  let slice = group.z;
  ${slicePositions(firstOf(shape.range), shape.slices ?? 1)}
  let rowTile = group.y * ${TILE}u;
  let end = stop;`
      : `
  let rowTile = ${firstOf(shape.range)} + group.y * ${TILE}u;
  if (rowTile >= batch.tokens) { return; }
  let begin = 0u;
  let end = ${k}u;`;
  const rowLimit = form === 'tn' ? `${m}u` : 'batch.tokens';
  const aAt = (i: number) => (wholeA ? `av[${i}]` : `tile_a[d * ${TILE}u + y * 4u + ${i}u]`);
  const bAt = wholeB
    ? `tile_b[d * ${TILE / 4}u + x]`
    : `vec4<f32>(${Array.from({ length: 4 }, (_, i) => `tile_b[d * ${TILE}u + x * 4u + ${i}u]`).join(', ')})`;
  const code = `
${memory('tile_a', wholeA)}
${memory('tile_b', wholeB)}
@compute @workgroup_size(16, 16)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let x = local.x;
  let y = local.y;
  let thread = y * 16u + x;
  let columnTile = group.x * ${TILE}u;${range}
${unroll(4, (i) => `  var c${i} = vec4<f32>(0.0);`)}
  for (var k = begin; k < end; k += ${DEPTH}u) {${fillA}${fillB}
    workgroupBarrier();
    for (var d = 0u; d < ${DEPTH}u; d++) {
      ${wholeA ? `let av = tile_a[d * ${TILE / 4}u + y];` : ''}
      let bv = ${bAt};
${unroll(4, (i) => `      c${i} += ${aAt(i)} * bv;`)}
    }
    workgroupBarrier();
  }
  let row = rowTile + y * 4u;
  let column = columnTile + x * 4u;
  if (column >= ${n}u) { return; }
${unroll(4, (i) => `  if (row + ${i}u < ${rowLimit}) { ${finish(shape, `row + ${i}u`, 'column', `c${i}`)} }`)}
}
`;
  return { program: programOf(shape, code, 'in tiles'), groupRows: TILE, groupColumns: TILE };
}
