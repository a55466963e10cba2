/**
 * A gradient step as lists of dispatches: forward, loss, backward, AdamW. docs/kernels.md walks through it.
 *
 * The last block's attention answers for rows only, since nothing reads what prefixes would say; from there to
 * the loss and back all kernels run over the range `rows`.
 */
import { adamw, gradientNorm, PARTIAL_SUMS, sumSlices } from '../kernels/webgpu/adamw.ts';
import { attention, keyGradient, queryGradient } from '../kernels/webgpu/attention.ts';
import { embed, embedGradient } from '../kernels/webgpu/embed.ts';
import { type ProductShape, product, type Range } from '../kernels/webgpu/matmul.ts';
import { policyLoss } from '../kernels/webgpu/policyLoss.ts';
import { gainGradient, rmsNorm, rmsNormGradient } from '../kernels/webgpu/rmsNorm.ts';
import { rotary } from '../kernels/webgpu/rotary.ts';
import { swiglu, swigluGradient } from '../kernels/webgpu/swiglu.ts';
import { LIST_GROUP, type Profile, quads, rowGroups } from '../kernels/webgpu/wgsl.ts';
import type { ReasonerConfig } from '../reasoner.ts';
import { groupsFor, type Planned, type Resource, type Sizes } from './gpu.ts';
import type { ParameterBuffers } from './parameterBuffers.ts';
import type { BlockBuffers, TrainingBuffers } from './trainingBuffers.ts';

const rowsIn = (range: Range, { tokens, prefixTokens }: Sizes): number =>
  range === 'rows' ? tokens - prefixTokens : tokens;

export class Plan {
  constructor(
    private readonly config: ReasonerConfig,
    private readonly profile: Profile,
    private readonly parameters: ParameterBuffers,
    private readonly buffers: TrainingBuffers,
  ) {}

  /** Logits of the rows' positions under the parameters in `source`, into `logits`. */
  forward(source: GPUBuffer, logits: GPUBuffer): Planned[] {
    const { config, buffers } = this;
    const last = config.layers - 1;
    return [
      this.embed(source),
      ...buffers.blocks.flatMap((_, layer) => [...this.keys(source, layer), ...this.rest(source, layer)]),
      this.norm(
        buffers.blocks[last]!.out,
        this.parameters.of('norm', source),
        buffers.finalNormed,
        buffers.finalScales,
        'rows',
      ),
      config.tiedHead
        ? this.product(
            { form: 'nt', n: config.vocabularySize, k: config.width, range: 'rows' },
            buffers.finalNormed,
            this.parameters.of('embedding', source),
            logits,
          )
        : this.product(
            { form: 'nn', n: config.vocabularySize, k: config.width, range: 'rows' },
            buffers.finalNormed,
            this.parameters.of('head', source),
            logits,
          ),
    ];
  }

  /** As much of the forward pass as it takes to know every block's keys and values. */
  prefill(source: GPUBuffer): Planned[] {
    const last = this.config.layers - 1;
    return [
      this.embed(source),
      ...this.buffers.blocks.flatMap((_, layer) => [
        ...this.keys(source, layer),
        ...(layer < last ? this.rest(source, layer) : []),
      ]),
    ];
  }

  /** Statistics of the rows' positions; with `gradient` the logits give way to their gradient. */
  loss(gradient: boolean): Planned[] {
    const { buffers, config, profile } = this;
    return [
      {
        program: policyLoss(config.vocabularySize, gradient, profile),
        resources: [buffers.batch, buffers.terms, buffers.baseLogits, buffers.logits, buffers.statistics],
        grid: (sizes) => [rowGroups(profile, rowsIn('rows', sizes))],
        work: (sizes) => 40 * rowsIn('rows', sizes) * config.vocabularySize,
      },
    ];
  }

  backward(): Planned[] {
    const { buffers, config, parameters } = this;
    const { blocks, dHidden, dResidual, finalNormed, finalScales, logits } = buffers;
    const { layers, width, vocabularySize: vocabulary } = config;
    const out = blocks[layers - 1]!.out;
    const table = parameters.of('embedding');
    return [
      ...(config.tiedHead
        ? [this.product({ form: 'nn', n: width, k: vocabulary, range: 'rows' }, logits, table, dHidden)]
        : [
            this.weightGradient('head', width, vocabulary, 'rows', finalNormed, logits),
            this.product(
              { form: 'nt', n: width, k: vocabulary, range: 'rows' },
              logits,
              parameters.of('head'),
              dHidden,
            ),
          ]),
      ...this.normGradient('norm', out, finalScales, 'rows', 'none'),
      ...blocks
        .map((_, layer) => this.blockGradient(layer))
        .reverse()
        .flat(),
      {
        program: embedGradient(vocabulary, width, parameters.slices, parameters.size),
        resources: [buffers.batch, buffers.places, dResidual, parameters.gradientOf('embedding')],
        grid: () => [...groupsFor(vocabulary * quads(width), LIST_GROUP), parameters.slices],
      },
      ...(config.tiedHead
        ? [this.weightGradient('embedding', vocabulary, width, 'rows', logits, finalNormed, true)]
        : []),
    ];
  }

  optimizer(): Planned[] {
    const { step, partials, norm } = this.buffers;
    const { size, slices, decayEnd, gradient, parameters, first, second } = this.parameters;
    return [
      {
        program: sumSlices(size, slices),
        resources: [step, gradient, partials],
        grid: () => [PARTIAL_SUMS / LIST_GROUP],
      },
      { program: gradientNorm(), resources: [step, partials, norm], grid: () => [1] },
      {
        program: adamw(size, decayEnd),
        resources: [step, gradient, norm, parameters, first, second],
        grid: () => groupsFor(size / 4, LIST_GROUP),
      },
    ];
  }

  private embed(source: GPUBuffer): Planned {
    const { batch, tokens, embedded } = this.buffers;
    return {
      program: embed(this.config.width),
      resources: [batch, tokens, this.parameters.of('embedding', source), embedded],
      grid: (sizes) => groupsFor(sizes.tokens * quads(this.config.width), LIST_GROUP),
    };
  }

  /** Residual stream into a block. */
  private into(layer: number): GPUBuffer {
    return layer === 0 ? this.buffers.embedded : this.buffers.blocks[layer - 1]!.out;
  }

  private rangeOf(layer: number): Range {
    return layer === this.config.layers - 1 ? 'rows' : 'all';
  }

  /** A block as far as its keys and values. */
  private keys(source: GPUBuffer, layer: number): Planned[] {
    const { width, heads } = this.config;
    const { batch, spans, angles, blocks } = this.buffers;
    const block = blocks[layer]!;
    const weight = (name: string) => this.parameters.of(`blocks.${layer}.${name}`, source);
    return [
      this.norm(this.into(layer), weight('inputNorm'), block.normed, block.scales, 'all'),
      this.product(
        { form: 'nn', n: 3 * width, k: width, range: 'all' },
        block.normed,
        weight('qkv'),
        block.qkv,
      ),
      {
        program: rotary(width, width / heads),
        resources: [batch, spans, angles, block.qkv],
        grid: (sizes) => groupsFor(sizes.tokens * width, LIST_GROUP),
      },
    ];
  }

  /** Attention and feed-forward of a block. */
  private rest(source: GPUBuffer, layer: number): Planned[] {
    const { width, heads, feedForward } = this.config;
    const { batch, spans, activation, blocks } = this.buffers;
    const block = blocks[layer]!;
    const range = this.rangeOf(layer);
    const weight = (name: string) => this.parameters.of(`blocks.${layer}.${name}`, source);
    return [
      {
        program: attention({ width, heads }, range),
        resources: [batch, spans, block.qkv, block.attended, block.logSums],
        grid: (sizes) => [Math.ceil(rowsIn(range, sizes) / LIST_GROUP), heads],
        work: attentionWork(width),
      },
      this.product(
        { form: 'nn', n: width, k: width, range, residual: true },
        block.attended,
        weight('attentionOut'),
        block.middle,
        this.into(layer),
      ),
      this.norm(block.middle, weight('postNorm'), block.middleNormed, block.middleScales, range),
      this.product(
        { form: 'nn', n: 2 * feedForward, k: width, range },
        block.middleNormed,
        weight('gateUp'),
        block.gateUp,
      ),
      {
        program: swiglu(feedForward, range),
        resources: [batch, block.gateUp, activation],
        grid: (sizes) => groupsFor(rowsIn(range, sizes) * quads(feedForward), LIST_GROUP),
        work: (sizes) => 20 * sizes.tokens * feedForward,
      },
      this.product(
        { form: 'nn', n: width, k: feedForward, range, residual: true },
        activation,
        weight('down'),
        block.out,
        block.middle,
      ),
    ];
  }

  private blockGradient(layer: number): Planned[] {
    const { width, feedForward } = this.config;
    const { batch, activation, blocks, dHidden, dResidual, dQkv } = this.buffers;
    const block = blocks[layer]!;
    const range = this.rangeOf(layer);
    const name = (part: string) => `blocks.${layer}.${part}`;
    const weight = (part: string) => this.parameters.of(name(part));
    return [
      this.product({ form: 'nt', n: feedForward, k: width, range }, dResidual, weight('down'), activation),
      {
        program: swigluGradient(feedForward, range),
        resources: [batch, block.gateUp, activation],
        grid: (sizes) => groupsFor(rowsIn(range, sizes) * quads(feedForward), LIST_GROUP),
        work: (sizes) => 20 * sizes.tokens * feedForward,
      },
      this.weightGradient(name('down'), feedForward, width, range, activation, dResidual),
      this.weightGradient(name('gateUp'), width, 2 * feedForward, range, block.middleNormed, block.gateUp),
      this.product(
        { form: 'nt', n: width, k: 2 * feedForward, range },
        block.gateUp,
        weight('gateUp'),
        dHidden,
      ),
      ...this.normGradient(name('postNorm'), block.middle, block.middleScales, range, 'all'),
      this.weightGradient(name('attentionOut'), width, width, range, block.attended, dResidual),
      this.product({ form: 'nt', n: width, k: width, range }, dResidual, weight('attentionOut'), dHidden),
      ...this.attentionGradient(block, range),
      this.weightGradient(name('qkv'), width, 3 * width, 'all', block.normed, dQkv),
      this.product({ form: 'nt', n: width, k: 3 * width, range: 'all' }, dQkv, weight('qkv'), dHidden),
      ...this.normGradient(name('inputNorm'), this.into(layer), block.scales, 'all', range),
    ];
  }

  private attentionGradient({ qkv, attended, logSums }: BlockBuffers, range: Range): Planned[] {
    const { width, heads } = this.config;
    const { batch, spans, angles, dHidden, dQkv, along } = this.buffers;
    const grid = (sizes: Sizes) => [Math.ceil(sizes.tokens / LIST_GROUP), heads] as const;
    const work = attentionWork(2 * width);
    return [
      {
        program: queryGradient({ width, heads }, range),
        resources: [batch, spans, angles, qkv, attended, logSums, dHidden, dQkv, along],
        grid,
        work,
      },
      {
        program: keyGradient({ width, heads }, range),
        resources: [batch, spans, angles, qkv, logSums, dHidden, along, dQkv],
        grid,
        work,
      },
    ];
  }

  private product(shape: ProductShape, a: Resource, b: Resource, c: Resource, residual?: Resource): Planned {
    const { program, groupRows, groupColumns } = product(shape, this.profile);
    const columns = Math.ceil(shape.n / groupColumns);
    return {
      program,
      resources: [this.buffers.batch, a, b, c, ...(residual ? [residual] : [])],
      grid: (sizes) => [columns, Math.ceil(rowsIn(shape.range, sizes) / groupRows)],
      work: (sizes) => 2 * rowsIn(shape.range, sizes) * shape.n * (shape.k ?? 0),
    };
  }

  /** Σ over positions of aᵀ·b: the gradient of a matrix `[m, n]` that multiplied `a`. */
  private weightGradient(
    name: string,
    m: number,
    n: number,
    range: Range,
    a: Resource,
    b: Resource,
    add = false,
  ): Planned {
    const { slices, size } = this.parameters;
    const shape: ProductShape = { form: 'tn', m, n, range, slices, sliceStride: size, add };
    const { program, groupRows, groupColumns } = product(shape, this.profile);
    return {
      program,
      resources: [this.buffers.batch, a, b, this.parameters.gradientOf(name)],
      grid: () => [Math.ceil(n / groupColumns), Math.ceil(m / groupRows), slices],
      work: (sizes) => 2 * rowsIn(range, sizes) * m * n,
    };
  }

  private norm(x: Resource, gain: Resource, y: Resource, scales: Resource, range: Range): Planned {
    const { width, rmsNormEpsilon } = this.config;
    return {
      program: rmsNorm(width, rmsNormEpsilon, range, this.profile),
      resources: [this.buffers.batch, x, gain, y, scales],
      grid: (sizes) => [rowGroups(this.profile, rowsIn(range, sizes))],
      work: (sizes) => 4 * sizes.tokens * width,
    };
  }

  /** From `dHidden`, the gradient of a norm's result: that of its gain, and that of its input added to `dResidual`. */
  private normGradient(
    name: string,
    x: Resource,
    scales: Resource,
    range: Range,
    skip: 'none' | Range,
  ): Planned[] {
    const { width } = this.config;
    const { batch, dHidden, dResidual } = this.buffers;
    const { slices, size } = this.parameters;
    return [
      {
        program: gainGradient(width, range, slices, size),
        resources: [batch, x, scales, dHidden, this.parameters.gradientOf(name)],
        grid: () => [Math.ceil(width / 128), 1, slices],
        work: (sizes) => 4 * sizes.tokens * width,
      },
      {
        program: rmsNormGradient(width, range, skip, this.profile),
        resources: [batch, x, this.parameters.of(name), scales, dHidden, dResidual],
        grid: (sizes) => [rowGroups(this.profile, rowsIn(range, sizes))],
        work: (sizes) => 8 * sizes.tokens * width,
      },
    ];
  }
}

/** As if a position saw a hundred others. */
const attentionWork =
  (width: number) =>
  ({ tokens }: Sizes): number =>
    400 * tokens * width;
