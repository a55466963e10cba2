/**
 * AdamW (Loshchilov & Hutter 2019) with clipping of the global gradient norm, on flat vectors of all
 * parameters: one kernel sums the slices of the gradient and its squares, one finishes the norm, one updates.
 * A gradient that is not finite changes nothing.
 */
import { LIST_GROUP, list, type Program, unroll } from './wgsl.ts';

/** Invocations of {@link sumSlices}, each with a partial sum of squares. */
export const PARTIAL_SUMS = 4096;
const NORM_GROUP = 256;

/** Numbers of the step's uniform. */
export const STEP_FIELDS = 8;
const STEP = /* wgsl */ `
struct Step {
  rate: f32,         // learning rate / (1 - beta1^t)
  correction: f32,   // 1 / (1 - beta2^t)
  decay: f32,        // learning rate · weight decay
  beta1: f32,
  beta2: f32,
  maxGradNorm: f32,
  spare0: f32,
  spare1: f32,
}
@group(0) @binding(0) var<uniform> options: Step;
`;

/** Bindings: step, gradient `[slices, size]` (its first slice gets the sum), partial sums. `size` is a multiple of 4. */
export function sumSlices(size: number, slices: number): Program {
  return {
    label: `sum ${slices} slices of ${size}`,
    bindings: ['uniform', 'read_write', 'read_write'],
    code: `${STEP}
${list('gradient', 1, 'vec4<f32>', 'read_write')}
${list('partials', 2, 'f32', 'read_write')}
@compute @workgroup_size(${LIST_GROUP})
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  var squares = 0.0;
  for (var i = id.x; i < ${size / 4}u; i += ${PARTIAL_SUMS}u) {
    var sum = gradient[i];
${unroll(slices - 1, (s) => `    sum += gradient[i + ${((s + 1) * size) / 4}u];`)}
    gradient[i] = sum;
    squares += dot(sum, sum);
  }
  partials[id.x] = squares;
}
`,
  };
}

/** Bindings: step, partial sums, norm `[4]`: the norm, the factor that clips it, 1 if it is finite, 0. */
export function gradientNorm(): Program {
  return {
    label: 'gradient norm',
    bindings: ['uniform', 'read', 'read_write'],
    code: `${STEP}
${list('partials', 1, 'f32')}
${list('norm', 2, 'f32', 'read_write')}
var<workgroup> sums: array<f32, ${NORM_GROUP}>;
@compute @workgroup_size(${NORM_GROUP})
fn main(@builtin(local_invocation_id) local: vec3<u32>) {
  let lane = local.x;
  var sum = 0.0;
  for (var i = lane; i < ${PARTIAL_SUMS}u; i += ${NORM_GROUP}u) { sum += partials[i]; }
  sums[lane] = sum;
  for (var half = ${NORM_GROUP / 2}u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (lane < half) { sums[lane] += sums[lane + half]; }
  }
  if (lane == 0u) {
    let length = sqrt(sums[0]);
    // By its bits: a shader compiler may assume that comparisons never meet infinity or not-a-number.
    let finite = (bitcast<u32>(length) & 0x7f800000u) != 0x7f800000u;
    norm[0] = length;
    norm[1] = select(1.0, options.maxGradNorm / length, length > options.maxGradNorm);
    norm[2] = select(0.0, 1.0, finite);
    norm[3] = 0.0;
  }
}
`,
  };
}

/**
 * Bindings: step, gradient, norm, parameters, first and second moments. Parameters from `decayEnd` on (the
 * norms' gains) do not decay. Grid: size / 4.
 */
export function adamw(size: number, decayEnd: number, epsilon = 1e-8): Program {
  return {
    label: `adamw ${size}`,
    bindings: ['uniform', 'read', 'read', 'read_write', 'read_write', 'read_write'],
    code: `${STEP}
${list('gradient', 1, 'vec4<f32>')}
${list('norm', 2, 'f32')}
${list('parameters', 3, 'vec4<f32>', 'read_write')}
${list('first', 4, 'vec4<f32>', 'read_write')}
${list('second', 5, 'vec4<f32>', 'read_write')}
@compute @workgroup_size(${LIST_GROUP})
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.y * groups.x * ${LIST_GROUP}u + id.x;
  if (i >= ${size / 4}u || norm[2] == 0.0) { return; }
  let g = gradient[i] * norm[1];
  let m = first[i] * options.beta1 + g * (1.0 - options.beta1);
  let v = second[i] * options.beta2 + g * g * (1.0 - options.beta2);
  first[i] = m;
  second[i] = v;
  let decay = select(0.0, options.decay, i < ${decayEnd / 4}u);
  let p = parameters[i];
  parameters[i] = p - m * options.rate / (sqrt(v * options.correction) + ${epsilon}) - p * decay;
}
`,
  };
}
