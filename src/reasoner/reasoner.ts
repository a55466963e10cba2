/**
 * What the rest of Kelvin knows of the reasoner: it samples, it is updated, it can be saved.
 * The engine behind it (TensorFlow.js on WebGPU, wasm or cpu) is invisible from here.
 */

/** Shape of the Llama-style decoder (RMSNorm, rotary rotate-half, SwiGLU, no biases). */
export interface ReasonerConfig {
  vocabularySize: number;
  layers: number;
  width: number;
  heads: number;
  /** Inner width of the SwiGLU feed-forward block. */
  feedForward: number;
  /** Longest sequence, prompt and response together, in tokens. */
  contextLength: number;
  ropeTheta: number;
  rmsNormEpsilon: number;
  /** One matrix for embedding and head. */
  tiedHead: boolean;
}

/** The weights that training moves, or the copy of them that {@link Reasoner.freezeBase} kept. */
export type WeightsChoice = 'current' | 'base';

export interface SampleOptions {
  /** Most tokens a response may have; also bounded by the context length. */
  maxNewTokens: number;
  /** Logits are divided by it; ignored when `greedy`. */
  temperature: number;
  /** Take the most likely token; ties go to the smaller token. */
  greedy?: boolean;
  /** Seed of this call: the same prompts, weights, backend and seed give the same responses. */
  seed: number;
  /**
   * Which weights answer; 'current' by default. The frozen base gives the responses that the current weights would
   * have given when it was frozen, bit for bit, however far training has gone since.
   */
  weights?: WeightsChoice;
  /** Called as sequences finish. */
  onProgress?: (done: number, total: number) => void;
}

export interface Rollout {
  /** The response, with its end token if it got that far. */
  tokens: number[];
  /** log π(token) under the temperature-scaled policy, one per response token (zeros are never faked: greedy too). */
  logprobs: number[];
  /** False when the response was cut at its limit. */
  finished: boolean;
}

/** One sequence of a gradient step. */
export interface TrainingSequence {
  prompt: readonly number[];
  response: readonly number[];
  /**
   * Weight of each response token's log-probability in the objective: the advantage of the whole response
   * (a number), or one weight per response token (supervised warm-up).
   */
  weight: number | readonly number[];
  /**
   * Rotary positions of prompt and response, rising; 0, 1, 2 … when absent. The warm-up lets them jump, so that the
   * distances of longer sequences are met.
   */
  positions?: readonly number[] | undefined;
  /** Coefficient of KL(π‖base), summed over the vocabulary exactly, per response token. 0 when absent. */
  klToBase?: number;
}

export interface UpdateOptions {
  learningRate: number;
  /** The summed loss is divided by this constant (not by each response's own length). */
  normalizer: number;
  /** Global gradient norm above which gradients are scaled down. */
  maxGradNorm: number;
  /** AdamW's memory of the gradient's size. */
  beta2: number;
  /** Temperature at which the responses were sampled: that of the policy in the objective. */
  temperature: number;
  /** Coefficient of the entropy bonus per response token. */
  entropy?: number;
  /** Muon, for the warm-up of shipped bases, learns a little more of an update; a RangeError but on WebAssembly. AdamW when absent. */
  optimizer?: 'adamw' | 'muon';
}

export interface UpdateReport {
  loss: number;
  gradNorm: number;
  /** Mean over response tokens, in nats. */
  entropy: number;
  /** Mean over the tokens that have a KL coefficient, in nats. */
  kl: number;
  /** Response tokens trained on. */
  tokens: number;
  /** Share of the tokens computed on that were not padding. */
  usefulShare: number;
}

/** Training ran into a number that is not finite; the weights are of no use any more. */
export class DivergedError extends Error {
  override readonly name = 'DivergedError';
}

export interface ReasonerMemory {
  tensors: number;
  bytes: number;
}

/**
 * What can go wrong with the device. After `device-recovered` the reasoner goes on, from weights at most a moment
 * old; after the others it is unusable, and they are told once.
 */
export interface EngineFault {
  kind: 'device-lost' | 'device-recovered' | 'gpu-error' | 'out-of-memory';
  message: string;
}

export interface Reasoner {
  readonly config: ReasonerConfig;
  readonly backend: 'webgpu' | 'wasm' | 'cpu';
  /** Adapter or backend name for people, e.g. "nvidia ampere" or "WebAssembly (2 threads)". */
  readonly device: string;
  /**
   * One response per prompt, in the order of the prompts. KV-cached and batched. Throws a RangeError on an empty
   * prompt, on a token outside the vocabulary, on a temperature that is not positive (unless greedy), and when the
   * base is to answer but none was frozen.
   */
  sample(prompts: readonly (readonly number[])[], options: SampleOptions): Promise<Rollout[]>;
  /** One optimizer step on all sequences (micro-batched by length inside). */
  update(sequences: readonly TrainingSequence[], options: UpdateOptions): Promise<UpdateReport>;
  /** log π of every response token, as at training time. */
  logprobs(
    sequences: readonly { prompt: readonly number[]; response: readonly number[] }[],
    temperature: number,
  ): Promise<number[][]>;
  /**
   * KL(π‖base) at `temperature`, summed exactly over the vocabulary: its mean over all response tokens of the
   * sequences, in nats. It costs two forward passes, and changes nothing. Throws a RangeError when no base was
   * frozen, when there is no response token, or when a sequence does not fit the reasoner.
   */
  klToBase(
    sequences: readonly { prompt: readonly number[]; response: readonly number[] }[],
    temperature: number,
  ): Promise<number>;
  /** Freezes a copy of the current weights as the base that KL is measured against; resets the optimizer. */
  freezeBase(): void;
  /** Current weights as safetensors in the Hugging Face Llama layout. */
  save(): Promise<Uint8Array>;
  /** Replaces the weights. Throws with a plain sentence when shapes or names do not fit. */
  load(safetensors: Uint8Array): Promise<void>;
  /**
   * AdamW's moments as safetensors: `exp_avg.` and `exp_avg_sq.` before the names of the weights that they belong to,
   * and `steps`, the updates that they have seen, among the metadata.
   */
  saveOptimizer(): Promise<Uint8Array>;
  /**
   * Goes on from saved moments; the weights they belong to are loaded first, which starts the optimizer anew. After both,
   * updates are those of the reasoner that was saved, bit for bit on the same backend. Throws like {@link load}.
   */
  loadOptimizer(safetensors: Uint8Array): Promise<void>;
  memory(): ReasonerMemory;
  /** Called when something goes wrong with the device; see {@link EngineFault}. */
  onFault(listener: (fault: EngineFault) => void): void;
  dispose(): void;
}
