import { type Backend, type BackendOptions, openBackend, reopenWebGPU } from './backends.ts';
import { checkPositions, checkSequence, checkTokens, type MicroBatch, packSequences } from './batch.ts';
import {
  fromHuggingFace,
  momentsFromHuggingFace,
  momentsToHuggingFace,
  toHuggingFace,
} from './checkpoint.ts';
import { checkConfig, toHuggingFaceConfig } from './config.ts';
import { type Core, NO_BASE } from './core.ts';
import { plainKernels } from './kernels/plain.ts';
import { initialValues } from './parameters.ts';
import { spawnWebWorker } from './pool/browser.ts';
import { spawnInline } from './pool/inline.ts';
import type { Spawn } from './pool/protocol.ts';
import { threadsFor } from './pool/threads.ts';
import type {
  EngineFault,
  Reasoner,
  ReasonerConfig,
  ReasonerMemory,
  Rollout,
  SampleOptions,
  TrainingSequence,
  UpdateOptions,
  UpdateReport,
} from './reasoner.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';
import { type Opened, Supervision } from './supervision.ts';
import { TapeCore } from './tapeCore.ts';
import { WasmCore } from './wasm/core.ts';
import { GpuCore } from './webgpu/core.ts';

export interface ReasonerOptions extends BackendOptions {
  config: ReasonerConfig;
  /** Seed of the initial weights. */
  seed: number;
  /** On WebGPU: plain TensorFlow.js operations instead of our kernels. */
  plain?: boolean;
  /** On WebAssembly: threads to compute on; 0 or absent for as many as the machine's cores allow. */
  threads?: number;
  /** How a thread is started; by default Web Workers, and where there are none no thread but the caller's. */
  spawn?: Spawn;
  /** Called as the GPU's kernels are compiled. */
  onCompiled?: (done: number, total: number) => void;
}

/**
 * A reasoner with fresh weights on the first backend that works. Throws a RangeError on an impossible shape.
 */
export async function createReasoner(options: ReasonerOptions): Promise<Reasoner> {
  checkConfig(options.config);
  const backend = await openBackend(options);
  const opened = await openCore(backend, options);
  // Only our own core can be carried over to another device.
  const reopen = async (): Promise<Opened> => {
    return openCore(await reopenWebGPU(options), options);
  };
  return new EngineReasoner(options.config, opened, opened.core.snapshot ? reopen : null);
}

/** Positions of a micro-batch of plain operations, which pay for each call. */
const PLAIN_POSITIONS = 4096;

/** Our own kernels on WebGPU and WebAssembly; TensorFlow.js's tape elsewhere (and on WebGPU when asked, as a rival). */
async function openCore(backend: Backend, options: ReasonerOptions): Promise<Opened> {
  const { config, seed, plain = false, onCompiled } = options;
  const values = initialValues(config, seed);
  if (backend.gpu && !plain) {
    const profile = { cooperative: !backend.software };
    return { backend, core: await GpuCore.create(backend.gpu, { config, values, profile, onCompiled }) };
  }
  if (backend.name !== 'wasm') {
    return { backend, core: new TapeCore(config, plainKernels(PLAIN_POSITIONS), values) };
  }
  const spawn = options.spawn ?? (typeof Worker === 'undefined' ? spawnInline : spawnWebWorker);
  const threads = spawn === spawnInline ? 1 : options.threads || threadsFor(availableCores());
  const device = `${backend.device} (${threads === 1 ? '1 thread' : `${threads} threads`})`;
  return { backend: { ...backend, device }, core: await WasmCore.create(config, spawn, threads, values) };
}

function availableCores(): number {
  return typeof navigator === 'undefined' ? 1 : (navigator.hardwareConcurrency ?? 1);
}

class EngineReasoner implements Reasoner {
  readonly config: ReasonerConfig;
  readonly backend: Backend['name'];
  readonly device: string;
  private readonly supervision: Supervision;

  constructor(config: ReasonerConfig, opened: Opened, reopen: (() => Promise<Opened>) | null) {
    this.config = config;
    this.backend = opened.backend.name;
    this.device = opened.backend.device;
    this.supervision = new Supervision(opened, reopen);
  }

  async sample(prompts: readonly (readonly number[])[], options: SampleOptions): Promise<Rollout[]> {
    for (const prompt of prompts) {
      if (prompt.length === 0) throw new RangeError('A prompt needs at least one token');
      checkTokens(this.config, prompt);
    }
    if (!options.greedy && !(options.temperature > 0)) {
      throw new RangeError(
        `The temperature must be positive, not ${options.temperature}; use greedy for the limit`,
      );
    }
    if (options.weights === 'base' && !this.supervision.core.hasBase) throw new RangeError(NO_BASE);
    return this.supervision.run((core) => core.sample(prompts, options));
  }

  async update(sequences: readonly TrainingSequence[], options: UpdateOptions): Promise<UpdateReport> {
    for (const sequence of sequences) this.checkTraining(sequence);
    if (!(options.normalizer > 0)) throw new RangeError('The normalizer must be positive');
    if (options.optimizer === 'muon' && !this.supervision.core.hasMuon) {
      throw new RangeError('Only the engine on WebAssembly has Muon; use AdamW');
    }
    return this.supervision.run((core) => updateCore(core, sequences, options), 'step');
  }

  async logprobs(
    sequences: readonly { prompt: readonly number[]; response: readonly number[] }[],
    temperature: number,
  ): Promise<number[][]> {
    for (const { prompt, response } of sequences) checkSequence(this.config, prompt, response);
    const results: number[][] = sequences.map(() => []);
    return this.supervision.run(async (core) => {
      const weighted = sequences.map((sequence) => ({ ...sequence, weight: 0 }));
      // Each for itself.
      for (const batch of packSequences(weighted, { ...core.packing, forks: false })) {
        const values = await core.logprobs(batch, temperature);
        const { layout } = batch;
        for (const [r, index] of batch.sequenceOf.entries()) {
          if (index < 0) continue;
          const start = (layout.rowOffset[r] as number) - layout.prefixTokens;
          results[index] = Array.from(values.subarray(start, start + (layout.rowLength[r] as number)));
        }
      }
      return results;
    });
  }

  async klToBase(
    sequences: readonly { prompt: readonly number[]; response: readonly number[] }[],
    temperature: number,
  ): Promise<number> {
    for (const { prompt, response } of sequences) checkSequence(this.config, prompt, response);
    if (!this.supervision.core.hasBase) throw new RangeError(NO_BASE);
    const tokens = sequences.reduce((sum, { response }) => sum + response.length, 0);
    if (tokens === 0) throw new RangeError('KL to the base needs at least one response token');
    const measured = sequences.map(({ prompt, response }) => ({ prompt, response, weight: 0, klToBase: 1 }));
    return this.supervision.run(async (core) => {
      return (await core.klToBase(packSequences(measured, core.packing), temperature)) / tokens;
    });
  }

  freezeBase(): void {
    this.supervision.assertUsable();
    this.supervision.core.freezeBase();
    this.supervision.changed('replaced');
  }

  save(): Promise<Uint8Array> {
    return this.supervision.run(async (core) => {
      return writeSafetensors(toHuggingFace(this.config, await core.read()), {
        metadata: { format: 'pt', config: JSON.stringify(toHuggingFaceConfig(this.config)) },
      });
    });
  }

  load(safetensors: Uint8Array): Promise<void> {
    return this.supervision.run(async (core) => {
      core.write(fromHuggingFace(this.config, readSafetensors(safetensors).tensors));
    }, 'replaced');
  }

  saveOptimizer(): Promise<Uint8Array> {
    return this.supervision.run(async (core) => {
      const { tensors, metadata } = momentsToHuggingFace(this.config, await core.readMoments());
      return writeSafetensors(tensors, { metadata: { format: 'pt', ...metadata } });
    });
  }

  loadOptimizer(safetensors: Uint8Array): Promise<void> {
    return this.supervision.run(async (core) => {
      core.writeMoments(momentsFromHuggingFace(this.config, readSafetensors(safetensors)));
    }, 'replaced');
  }

  memory(): ReasonerMemory {
    return this.supervision.core.memory();
  }

  onFault(listener: (fault: EngineFault) => void): void {
    this.supervision.onFault(listener);
  }

  dispose(): void {
    this.supervision.dispose();
  }

  private checkTraining({ prompt, response, weight, klToBase, positions }: TrainingSequence): void {
    checkSequence(this.config, prompt, response);
    if (positions) checkPositions(this.config, positions, prompt.length + response.length);
    if (typeof weight !== 'number' && weight.length !== response.length) {
      throw new RangeError(`${weight.length} weights were given for ${response.length} response tokens`);
    }
    if ((klToBase ?? 0) > 0 && !this.supervision.core.hasBase) {
      throw new RangeError(NO_BASE);
    }
  }
}

async function updateCore(
  core: Core,
  sequences: readonly TrainingSequence[],
  options: UpdateOptions,
): Promise<UpdateReport> {
  const batches = packSequences(sequences, core.packing);
  const counts = countTokens(sequences, batches);
  const sums = await core.update(batches, options);
  return {
    loss: sums.loss,
    gradNorm: sums.gradNorm,
    entropy: counts.response > 0 ? sums.entropy / counts.response : 0,
    kl: counts.withKl > 0 ? sums.kl / counts.withKl : 0,
    tokens: counts.response,
    usefulShare: counts.computed > 0 ? counts.useful / counts.computed : 1,
  };
}

function countTokens(sequences: readonly TrainingSequence[], batches: readonly MicroBatch[]) {
  let response = 0;
  let withKl = 0;
  for (const { response: tokens, klToBase } of sequences) {
    response += tokens.length;
    if ((klToBase ?? 0) > 0) withKl += tokens.length;
  }
  let useful = 0;
  let computed = 0;
  for (const { layout } of batches) {
    computed += layout.tokens;
    for (const length of layout.prefixLength) useful += length;
    for (const length of layout.rowLength) useful += length;
  }
  return { response, withKl, useful, computed };
}
