/** What a gradient step keeps on the GPU; made once, for micro-batches of up to `capacity` positions. */
import { PARTIAL_SUMS, STEP_FIELDS } from '../kernels/webgpu/adamw.ts';
import { SPAN_FIELDS } from '../kernels/webgpu/attention.ts';
import { STATISTIC_FIELDS, TERM_FIELDS } from '../kernels/webgpu/policyLoss.ts';
import { rotaryAngles } from '../kernels/webgpu/rotary.ts';
import { BATCH_FIELDS } from '../kernels/webgpu/wgsl.ts';
import type { ReasonerConfig } from '../reasoner.ts';
import type { Gpu } from './gpu.ts';

export type TrainingBuffers = ReturnType<typeof allocateTraining>;
export type BlockBuffers = TrainingBuffers['blocks'][number];

/** Allocates; `[capacity, …]` each unless said. */
export function allocateTraining(gpu: Gpu, config: ReasonerConfig, capacity: number) {
  const { layers, width, heads, feedForward, vocabularySize, contextLength } = config;
  const rows = (label: string, numbers: number) => gpu.buffer(label, capacity * numbers);
  const block = (layer: number) => ({
    normed: rows(`normed ${layer}`, width),
    scales: rows(`scales ${layer}`, 1),
    /** Queries and keys turned to their positions. */
    qkv: rows(`qkv ${layer}`, 3 * width),
    attended: rows(`attended ${layer}`, width),
    /** `[capacity, heads]` log Σ exp of the scores. */
    logSums: rows(`logSums ${layer}`, heads),
    /** The residual stream between attention and feed-forward. */
    middle: rows(`middle ${layer}`, width),
    middleNormed: rows(`middleNormed ${layer}`, width),
    middleScales: rows(`middleScales ${layer}`, 1),
    /** Gate and up; their gradients once the backward pass has come by. */
    gateUp: rows(`gateUp ${layer}`, 2 * feedForward),
    /** The residual stream after the block. */
    out: rows(`out ${layer}`, width),
  });
  const buffers = {
    batch: gpu.buffer('batch', BATCH_FIELDS, 'uniform'),
    tokens: rows('tokens', 1),
    spans: rows('spans', SPAN_FIELDS),
    places: gpu.buffer('places', vocabularySize + 1 + capacity),
    terms: rows('terms', TERM_FIELDS),
    /** Rotary table `[context, headDim]`. */
    angles: gpu.buffer('rotary angles', (contextLength * width) / heads),
    embedded: rows('embedded', width),
    blocks: Array.from({ length: layers }, (_, layer) => block(layer)),
    activation: rows('activation', feedForward),
    finalNormed: rows('finalNormed', width),
    finalScales: rows('finalScales', 1),
    /** Logits; their gradient after the loss. */
    logits: rows('logits', vocabularySize),
    baseLogits: rows('baseLogits', vocabularySize),
    statistics: rows('statistics', STATISTIC_FIELDS),
    /** Gradient of the residual stream, on its way down. */
    dResidual: rows('dResidual', width),
    /** Gradient of what a norm or attention gave. */
    dHidden: rows('dHidden', width),
    dQkv: rows('dQkv', 3 * width),
    /** `[capacity, heads]`, see `queryGradient`. */
    along: rows('along', heads),
    /** Uniform of the optimizer. */
    step: gpu.buffer('step', STEP_FIELDS, 'uniform'),
    partials: gpu.buffer('partial sums', PARTIAL_SUMS),
    norm: gpu.buffer('norm', 4),
    statisticsRead: gpu.buffer('statistics, read', capacity * STATISTIC_FIELDS, 'read'),
    normRead: gpu.buffer('norm, read', 4, 'read'),
  };
  gpu.write(buffers.angles, rotaryAngles(contextLength, width / heads, config.ropeTheta));
  return buffers;
}

/** Bytes that {@link allocateTraining} takes for one position: what the capacity is chosen by. */
export function bytesPerPosition(config: ReasonerConfig): number {
  const { layers, width, heads, feedForward, vocabularySize } = config;
  const block = 8 * width + heads + 2 + 2 * feedForward;
  const around = 7 * width + feedForward + 2 * vocabularySize + heads;
  return 4 * (layers * block + around + 2 * STATISTIC_FIELDS + SPAN_FIELDS + TERM_FIELDS + 3);
}
