import { CONTEXT_LENGTH } from '../config/contextLength.ts';
import { VOCABULARY_SIZE } from '../language/vocabulary.ts';
import type { ReasonerConfig } from './reasoner.ts';

export type SizeName = 'pico' | 'nano' | 'small' | 'medium' | 'large';

/** The five shapes of the lab. `pico` is for tests, `small` is what the page runs by default. */
export const SIZES: Readonly<Record<SizeName, ReasonerConfig>> = {
  pico: size(2, 32, 2, 88, CONTEXT_LENGTH.pico),
  nano: size(4, 64, 4, 176, CONTEXT_LENGTH.nano),
  small: size(4, 128, 4, 352, CONTEXT_LENGTH.small),
  medium: size(6, 192, 6, 512, CONTEXT_LENGTH.medium),
  large: size(8, 320, 5, 864, CONTEXT_LENGTH.large),
};

function size(
  layers: number,
  width: number,
  heads: number,
  feedForward: number,
  contextLength: number,
): ReasonerConfig {
  return {
    vocabularySize: VOCABULARY_SIZE,
    layers,
    width,
    heads,
    feedForward,
    contextLength,
    ropeTheta: 10000,
    rmsNormEpsilon: 1e-5,
    tiedHead: false,
  };
}

/** Number of trained numbers of a configuration. */
export function parameterCount(config: ReasonerConfig): number {
  const { vocabularySize, layers, width, feedForward } = config;
  const block = 2 * width + 4 * width * width + 3 * width * feedForward;
  return (config.tiedHead ? 1 : 2) * vocabularySize * width + layers * block + width;
}

/** Throws a RangeError with a plain sentence when no reasoner can have this shape. */
export function checkConfig(config: ReasonerConfig): void {
  const integers = ['vocabularySize', 'layers', 'width', 'heads', 'feedForward', 'contextLength'] as const;
  for (const key of integers) {
    if (!Number.isInteger(config[key]) || config[key] < 1) {
      throw new RangeError(`The reasoner's ${key} must be a positive integer, not ${config[key]}`);
    }
  }
  if (config.width % (2 * config.heads) !== 0) {
    throw new RangeError(
      `The width ${config.width} must be an even multiple of the ${config.heads} heads (rotary positions turn pairs)`,
    );
  }
  if (!(config.ropeTheta > 0) || !(config.rmsNormEpsilon > 0)) {
    throw new RangeError('ropeTheta and rmsNormEpsilon must be positive');
  }
}

/** The part of a Hugging Face `config.json` that describes the shape. */
export interface HuggingFaceConfig {
  architectures: string[];
  model_type: string;
  vocab_size: number;
  num_hidden_layers: number;
  hidden_size: number;
  num_attention_heads: number;
  num_key_value_heads: number;
  intermediate_size: number;
  max_position_embeddings: number;
  rope_theta: number;
  rms_norm_eps: number;
  tie_word_embeddings: boolean;
  hidden_act: string;
  attention_bias: boolean;
  mlp_bias: boolean;
  bos_token_id: number | null;
  eos_token_id: number;
  pad_token_id: number;
  torch_dtype: string;
}

/** Describes the shape so that `LlamaForCausalLM` loads the checkpoint. */
export function toHuggingFaceConfig(config: ReasonerConfig): HuggingFaceConfig {
  return {
    architectures: ['LlamaForCausalLM'],
    model_type: 'llama',
    vocab_size: config.vocabularySize,
    num_hidden_layers: config.layers,
    hidden_size: config.width,
    num_attention_heads: config.heads,
    num_key_value_heads: config.heads,
    intermediate_size: config.feedForward,
    max_position_embeddings: config.contextLength,
    rope_theta: config.ropeTheta,
    rms_norm_eps: config.rmsNormEpsilon,
    tie_word_embeddings: config.tiedHead,
    hidden_act: 'silu',
    attention_bias: false,
    mlp_bias: false,
    bos_token_id: null,
    eos_token_id: 1,
    pad_token_id: 0,
    torch_dtype: 'float32',
  };
}

/** Reads a Hugging Face Llama configuration. Throws an Error when it asks for what the engine does not have. */
export function fromHuggingFaceConfig(json: unknown): ReasonerConfig {
  if (typeof json !== 'object' || json === null)
    throw new Error('The model configuration is not a JSON object');
  const fields = json as Record<string, unknown>;
  const number = (name: string): number => {
    const value = fields[name];
    if (typeof value !== 'number') throw new Error(`The model configuration lacks the number ${name}`);
    return value;
  };
  if (fields.model_type !== 'llama') {
    throw new Error(`The model configuration is of type ${JSON.stringify(fields.model_type)}, not "llama"`);
  }
  const heads = number('num_attention_heads');
  if ((fields.num_key_value_heads ?? heads) !== heads) {
    throw new Error('Grouped key-value heads are not supported');
  }
  if (fields.attention_bias === true || fields.mlp_bias === true) throw new Error('Biases are not supported');
  if ((fields.hidden_act ?? 'silu') !== 'silu') {
    throw new Error(`The activation ${JSON.stringify(fields.hidden_act)} is not supported, only "silu"`);
  }
  const config: ReasonerConfig = {
    vocabularySize: number('vocab_size'),
    layers: number('num_hidden_layers'),
    width: number('hidden_size'),
    heads,
    feedForward: number('intermediate_size'),
    contextLength: number('max_position_embeddings'),
    ropeTheta: number('rope_theta'),
    rmsNormEpsilon: number('rms_norm_eps'),
    tiedHead: fields.tie_word_embeddings === true,
  };
  checkConfig(config);
  return config;
}
