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

/** The part of a Hugging Face `config.json` that describes the shape, in the forms of transformers 4 and 5 at once. */
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
  /** As transformers 4 has it. */
  rope_theta: number;
  /** As transformers 5 has it. */
  rope_parameters: { rope_theta: number; rope_type: 'default' };
  rms_norm_eps: number;
  tie_word_embeddings: boolean;
  hidden_act: string;
  attention_bias: boolean;
  mlp_bias: boolean;
  bos_token_id: number | null;
  eos_token_id: number;
  pad_token_id: number;
  /** As transformers 4 has it. */
  torch_dtype: string;
  /** As transformers 5 has it. */
  dtype: string;
}

/** Describes the shape so that `LlamaForCausalLM` of transformers 4 or 5 loads the checkpoint. */
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
    rope_parameters: { rope_theta: config.ropeTheta, rope_type: 'default' },
    rms_norm_eps: config.rmsNormEpsilon,
    tie_word_embeddings: config.tiedHead,
    hidden_act: 'silu',
    attention_bias: false,
    mlp_bias: false,
    bos_token_id: null,
    eos_token_id: 1,
    pad_token_id: 0,
    torch_dtype: 'float32',
    dtype: 'float32',
  };
}

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads a Hugging Face Llama configuration, as transformers 4 writes it (`rope_theta`, `rope_scaling`) or
 * transformers 5 (`rope_parameters`); `bridge/config.py` reads the same. Throws an Error that names the field when
 * it lacks something, contradicts itself, or asks for what the engine does not have. The type of the weights is read
 * from the tensors themselves, not from here.
 */
export function fromHuggingFaceConfig(json: unknown): ReasonerConfig {
  if (!isObject(json)) throw new Error('The model configuration is not a JSON object');
  if (json.model_type !== 'llama') {
    throw new Error(`The model configuration is of type ${JSON.stringify(json.model_type)}, not "llama"`);
  }
  const number = (name: string): number => {
    const value = json[name];
    if (typeof value !== 'number') throw new Error(`The model configuration lacks the number ${name}`);
    return value;
  };
  const width = number('hidden_size');
  const heads = number('num_attention_heads');
  expectOnly(json, 'num_key_value_heads', heads);
  expectOnly(json, 'head_dim', width / heads);
  expectOnly(json, 'hidden_act', 'silu');
  expectOnly(json, 'attention_bias', false);
  expectOnly(json, 'mlp_bias', false);
  if (isObject(json.quantization_config)) throw new Error('Quantised weights are not supported');
  const tied = json.tie_word_embeddings ?? false;
  if (typeof tied !== 'boolean') {
    throw new Error(`tie_word_embeddings ${JSON.stringify(tied)} is neither true nor false`);
  }
  const config: ReasonerConfig = {
    vocabularySize: number('vocab_size'),
    layers: number('num_hidden_layers'),
    width,
    heads,
    feedForward: number('intermediate_size'),
    contextLength: number('max_position_embeddings'),
    ropeTheta: ropeThetaOf(json),
    rmsNormEpsilon: number('rms_norm_eps'),
    tiedHead: tied,
  };
  checkConfig(config);
  return config;
}

/** Throws an Error when the field is there and says something else. */
function expectOnly(fields: Fields, name: string, wanted: unknown): void {
  const value = fields[name] ?? wanted;
  if (value !== wanted) {
    throw new Error(`${name} ${JSON.stringify(value)} is not supported, only ${JSON.stringify(wanted)}`);
  }
}

/** The base of the rotary angles, wherever it is written; positions that are scaled are refused. */
function ropeThetaOf(fields: Fields): number {
  const found = new Set([fields.rope_theta]);
  for (const name of ['rope_parameters', 'rope_scaling']) {
    const rope = fields[name] ?? {};
    if (!isObject(rope)) throw new Error(`${name} is not a JSON object`);
    expectOnly({ rope_type: rope.type, ...rope }, 'rope_type', 'default');
    expectOnly(rope, 'partial_rotary_factor', 1);
    found.add(rope.rope_theta);
  }
  found.delete(undefined);
  const [theta, other] = found;
  if (other !== undefined) throw new Error(`rope_theta is both ${theta} and ${other}`);
  if (typeof theta !== 'number') throw new Error('The model configuration lacks the number rope_theta');
  return theta;
}
