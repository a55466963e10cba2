/**
 * The vocabulary that every WGSL program of this folder is written in: what a program is, how a matrix is
 * declared, and the text of its loads and stores. A matrix whose rows are whole `vec4`s is read four numbers at
 * a time; any other one number by number, through functions of the same names. So a kernel is written once, for
 * aligned shapes and for odd ones.
 */

type Access = 'read' | 'read_write';
type Binding = 'uniform' | Access;

export interface Program {
  /** Shown by GPU debuggers and in error messages. */
  label: string;
  code: string;
  /** What is bound at 0, 1, …; binding 0 is always the {@link BATCH} uniform. */
  bindings: readonly Binding[];
}

/** How kernels are shaped for an adapter. */
export interface Profile {
  /**
   * Invocations that share one row in reductions, and whether products go through workgroup memory. On a graphics
   * card both hide latency; a software adapter runs a barrier by switching fibres, which is ruinous, so there one
   * invocation does a whole row and products live in registers.
   */
  cooperative: boolean;
}

/** Numbers in the uniform of a micro-batch, 4 bytes each; the order of {@link BATCH}. */
export const BATCH_FIELDS = 10;

/** What every kernel may know of its micro-batch. */
export const BATCH = /* wgsl */ `
struct Batch {
  tokens: u32,        // positions in the flat list
  prefixTokens: u32,  // of them prefixes, which come first
  accumulate: u32,    // 1: add to the gradient of earlier micro-batches
  usesBase: u32,      // 1: logits of the base are there
  inverseTemperature: f32,
  share: f32,         // 1 / normalizer
  entropy: f32,       // coefficient of the entropy bonus
  seed: u32,
  greedy: u32,
  columns: u32,       // columns of a row's cache when sampling
}
@group(0) @binding(0) var<uniform> batch: Batch;
`;

/** `ceil(n / 4)` */
export const quads = (n: number): number => Math.ceil(n / 4);

export interface MatrixOptions {
  binding: number;
  /** Numbers in a row. */
  width: number;
  /** Numbers that are read as one piece (a head, half a row): whole `vec4`s only if this allows it too. */
  piece?: number;
  access?: Access;
}

/**
 * Declares matrix `name` with `load_name(row, column, end)` and, when writable, `store_name(row, column, end,
 * value)`: four numbers from `column` (a multiple of 4 inside its piece); those at `end` or after read as zero
 * and are not written.
 */
export function matrix(name: string, options: MatrixOptions): string {
  const { binding, width, piece = width, access = 'read' } = options;
  const whole = width % 4 === 0 && piece % 4 === 0;
  const type = whole ? 'vec4<f32>' : 'f32';
  const declaration = `@group(0) @binding(${binding}) var<storage, ${access}> ${name}: array<${type}>;`;
  const parts = ['x', 'y', 'z', 'w'];
  const load = whole
    ? `return ${name}[(row * ${width}u + column) / 4u];`
    : `let at = row * ${width}u + column;
  var value = vec4<f32>(0.0);
  ${parts.map((part, i) => `if (column + ${i}u < end) { value.${part} = ${name}[at + ${i}u]; }`).join('\n  ')}
  return value;`;
  const store = whole
    ? `${name}[(row * ${width}u + column) / 4u] = value;`
    : `let at = row * ${width}u + column;
  ${parts.map((part, i) => `if (column + ${i}u < end) { ${name}[at + ${i}u] = value.${part}; }`).join('\n  ')}`;
  const functions = [
    `fn load_${name}(row: u32, column: u32, end: u32) -> vec4<f32> {\n  ${load}\n}`,
    ...(access === 'read_write'
      ? [`fn store_${name}(row: u32, column: u32, end: u32, value: vec4<f32>) {\n  ${store}\n}`]
      : []),
  ];
  return `${declaration}\n${functions.join('\n')}\n`;
}

/** Declares a plain array. */
export function list(name: string, binding: number, type: string, access: Access = 'read'): string {
  return `@group(0) @binding(${binding}) var<storage, ${access}> ${name}: array<${type}>;\n`;
}

/** Text repeated for 0 … n − 1. */
export function unroll(n: number, line: (i: number) => string): string {
  return Array.from({ length: n }, (_, i) => line(i)).join('\n');
}

/** Component `i` of numbers that lie in `name0`, `name1`, …, four in each. */
export function component(name: string, i: number): string {
  return `${name}${i >> 2}.${'xyzw'[i & 3]}`;
}

/** Invocations of a workgroup that walks a list. */
export const LIST_GROUP = 64;
/** Invocations that share a row where they cooperate. */
const ROW_GROUP = 64;

/**
 * How a kernel that reduces rows is laid out: `head` opens `main` with `row`, `lane` and `lanes`; `total` and
 * `highest` combine a value over the lanes of a row and give it to all of them. Alone, an invocation has its row
 * to itself and the combinations are the identity.
 */
export function rowwise(profile: Profile, count: string): { declarations: string; head: string } {
  if (!profile.cooperative) {
    return {
      declarations: `const lanes = 1u;
fn total(value: f32, lane: u32) -> f32 { return value; }
fn highest(value: f32, lane: u32) -> f32 { return value; }`,
      head: `@compute @workgroup_size(${LIST_GROUP})
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let lane = 0u;
  let row = id.x;
  if (row >= ${count}) { return; }`,
    };
  }
  const combine = (name: string, operation: string) => `fn ${name}(value: f32, lane: u32) -> f32 {
  workgroupBarrier();
  shared_values[lane] = value;
  for (var half = ${ROW_GROUP / 2}u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (lane < half) { shared_values[lane] = ${operation}; }
  }
  workgroupBarrier();
  return shared_values[0];
}`;
  return {
    declarations: `const lanes = ${ROW_GROUP}u;
var<workgroup> shared_values: array<f32, ${ROW_GROUP}>;
${combine('total', 'shared_values[lane] + shared_values[lane + half]')}
${combine('highest', 'max(shared_values[lane], shared_values[lane + half])')}`,
    head: `@compute @workgroup_size(${ROW_GROUP})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let lane = local.x;
  let row = group.x;
  // The same for all of a group, so that barriers stay in uniform control flow.
  if (row >= ${count}) { return; }`,
  };
}

/** Workgroups of a kernel laid out by {@link rowwise}. */
export const rowGroups = (profile: Profile, rows: number): number =>
  profile.cooperative ? rows : Math.ceil(rows / LIST_GROUP);

/** Adds four numbers of a gradient, `value`, at `at`; the first micro-batch replaces what was there. */
export function storeGradient(at: string, column: string, width: number, value: string): string {
  return unroll(
    4,
    (i) =>
      `if (${column} + ${i}u < ${width}u) { gradient[${at} + ${i}u] = ` +
      `select(0.0, gradient[${at} + ${i}u], batch.accumulate != 0u) + ${value}[${i}]; }`,
  );
}

/** Declares the positions `begin` … `stop` of slice `slice`, of `slices` that positions from `first` are cut into. */
export function slicePositions(first: string, slices: number): string {
  return `let first = ${first};
  let share = (batch.tokens - first + ${slices - 1}u) / ${slices}u;
  let begin = min(first + slice * share, batch.tokens);
  let stop = min(begin + share, batch.tokens);`;
}
