/**
 * A thin layer over a `GPUDevice`: programs become pipelines once, buffers are counted and owned, and a recorded
 * list of dispatches runs again and again without making anything new. TensorFlow.js's own way to run a program
 * costs many times the JavaScript per dispatch (`npm run bench` measures both; docs/kernels.md).
 */
import type { Profile, Program } from '../kernels/webgpu/wgsl.ts';

/** A buffer, or a part of one; offsets are in bytes and multiples of 256. */
export type Resource = GPUBuffer | { buffer: GPUBuffer; offset: number; size?: number };

/** Positions that a recorded list runs over: all, and those of them that belong to prefixes. */
export interface Sizes {
  tokens: number;
  prefixTokens: number;
}

export type Grid = readonly [x: number, y?: number, z?: number];

/** A dispatch before its program is compiled. */
export interface Planned {
  program: Program;
  resources: readonly Resource[];
  /** Workgroups for these sizes; none when any is 0. */
  grid: (sizes: Sizes) => Grid;
  /** Floating-point operations, roughly; what decides where a long list is cut into submissions. */
  work?: (sizes: Sizes) => number;
}

/** A dispatch that is ready to be recorded. */
export interface Step extends Omit<Planned, 'program' | 'resources'> {
  pipeline: GPUComputePipeline;
  group: GPUBindGroup;
}

export interface Counts {
  dispatches: number;
  submits: number;
  bindGroups: number;
  buffersCreated: number;
  readBacks: number;
}

/** Work after which a submission ends: well under a second on a slow laptop GPU, and on a software adapter. */
const WORK_PER_SUBMIT = { card: 60e9, software: 0.15e9 };
const MOST_GROUPS = 65_535;

/** Workgroups of `size` for `count` invocations along x, and along y where x alone has too few. */
export function groupsFor(count: number, size: number): readonly [number, number] {
  const groups = Math.ceil(count / size);
  const rows = Math.ceil(groups / MOST_GROUPS);
  return [rows > 0 ? Math.ceil(groups / rows) : 0, rows];
}

export class Gpu {
  readonly counts: Counts = { dispatches: 0, submits: 0, bindGroups: 0, buffersCreated: 0, readBacks: 0 };
  private readonly buffers = new Set<GPUBuffer>();
  private readonly pipelines = new Map<string, Promise<GPUComputePipeline>>();
  private readonly workPerSubmit: number;
  private compiled = 0;

  constructor(
    readonly device: GPUDevice,
    readonly profile: Profile,
    /** Called as programs are compiled, with how many are done and known. */
    private readonly onCompiled?: (done: number, total: number) => void,
  ) {
    this.workPerSubmit = profile.cooperative ? WORK_PER_SUBMIT.card : WORK_PER_SUBMIT.software;
  }

  /** Bytes of all buffers that are alive. */
  get bytes(): number {
    let bytes = 0;
    for (const buffer of this.buffers) bytes += buffer.size;
    return bytes;
  }

  get bufferCount(): number {
    return this.buffers.size;
  }

  /** A buffer of `numbers` 4-byte numbers, zero at first. */
  buffer(label: string, numbers: number, usage: 'storage' | 'uniform' | 'read' = 'storage'): GPUBuffer {
    const flags = {
      storage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
      uniform: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
      read: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    }[usage];
    const size = Math.max(16, 16 * Math.ceil(numbers / 4));
    const buffer = this.device.createBuffer({ label, size, usage: flags });
    this.counts.buffersCreated++;
    this.buffers.add(buffer);
    return buffer;
  }

  release(...buffers: readonly (GPUBuffer | null | undefined)[]): void {
    for (const buffer of buffers) {
      if (buffer && this.buffers.delete(buffer)) buffer.destroy();
    }
  }

  write(buffer: GPUBuffer, data: Float32Array | Uint32Array | Int32Array, offset = 0): void {
    if (data.length === 0) return;
    this.device.queue.writeBuffer(
      buffer,
      offset,
      data.buffer as ArrayBuffer,
      data.byteOffset,
      data.byteLength,
    );
  }

  /** Compiles what is new among the programs, side by side, and binds their resources. */
  async prepare(planned: readonly Planned[]): Promise<Step[]> {
    const pipelines = await Promise.all(planned.map(({ program }) => this.pipeline(program)));
    return planned.map(({ program, resources, grid, work }, i) => {
      const pipeline = pipelines[i] as GPUComputePipeline;
      this.counts.bindGroups++;
      const group = this.device.createBindGroup({
        label: program.label,
        layout: pipeline.getBindGroupLayout(0),
        entries: resources.map((resource, binding) => ({
          binding,
          resource: 'buffer' in resource ? resource : { buffer: resource },
        })),
      });
      return { pipeline, group, grid, work };
    });
  }

  /**
   * Records the steps into `encoder`, or into one of its own, and gives back an encoder for what follows. Long
   * lists are submitted in parts, so that no submission holds the device for long.
   */
  record(
    steps: readonly Step[],
    sizes: Sizes,
    encoder = this.device.createCommandEncoder(),
  ): GPUCommandEncoder {
    let current = encoder;
    let pass: GPUComputePassEncoder | null = null;
    let work = 0;
    for (const step of steps) {
      const [x, y = 1, z = 1] = step.grid(sizes);
      if (x * y * z === 0) continue;
      const cost = step.work?.(sizes) ?? 0;
      if (work > 0 && work + cost > this.workPerSubmit) {
        pass?.end();
        pass = null;
        this.submit(current);
        current = this.device.createCommandEncoder();
        work = 0;
      }
      work += cost;
      pass ??= current.beginComputePass();
      pass.setPipeline(step.pipeline);
      pass.setBindGroup(0, step.group);
      pass.dispatchWorkgroups(x, y, z);
      this.counts.dispatches++;
    }
    pass?.end();
    return current;
  }

  submit(encoder: GPUCommandEncoder): void {
    this.device.queue.submit([encoder.finish()]);
    this.counts.submits++;
  }

  /** The first `numbers` of a mappable buffer, once the work submitted so far is done. */
  async read(buffer: GPUBuffer, numbers: number): Promise<Float32Array> {
    this.counts.readBacks++;
    await buffer.mapAsync(GPUMapMode.READ, 0, 4 * numbers);
    const copy = new Float32Array(buffer.getMappedRange(0, 4 * numbers).slice(0));
    buffer.unmap();
    return copy;
  }

  /** Gives all buffers back; the device belongs to others. */
  dispose(): void {
    this.release(...this.buffers);
    this.pipelines.clear();
  }

  private pipeline({ label, code, bindings }: Program): Promise<GPUComputePipeline> {
    let pipeline = this.pipelines.get(code);
    if (!pipeline) {
      const layout = this.device.createBindGroupLayout({
        entries: bindings.map((binding, i) => ({
          binding: i,
          visibility: GPUShaderStage.COMPUTE,
          buffer: {
            type: ({ uniform: 'uniform', read: 'read-only-storage', read_write: 'storage' } as const)[
              binding
            ],
          },
        })),
      });
      pipeline = this.device.createComputePipelineAsync({
        label,
        layout: this.device.createPipelineLayout({ bindGroupLayouts: [layout] }),
        compute: { module: this.device.createShaderModule({ label, code }), entryPoint: 'main' },
      });
      this.pipelines.set(code, pipeline);
      const report = () => this.onCompiled?.(++this.compiled, this.pipelines.size);
      pipeline.then(report, () => undefined);
    }
    return pipeline;
  }
}
