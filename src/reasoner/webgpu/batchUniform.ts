import { BATCH_FIELDS } from '../kernels/webgpu/wgsl.ts';
import type { UpdateOptions } from '../reasoner.ts';

/** What the uniform of a micro-batch says; what is absent is 0 or without effect. */
export interface BatchNumbers extends Partial<Pick<UpdateOptions, 'temperature' | 'normalizer' | 'entropy'>> {
  tokens: number;
  prefixTokens?: number;
  accumulate?: boolean;
  usesBase?: boolean;
  seed?: number;
  greedy?: boolean;
  columns?: number;
}

/** The bytes of the struct in `kernels/webgpu/wgsl.ts`. */
export function packBatch(numbers: BatchNumbers): Uint32Array {
  const {
    tokens,
    prefixTokens = 0,
    accumulate = false,
    usesBase = false,
    seed = 0,
    greedy = false,
    columns = 0,
  } = numbers;
  const { temperature = 1, normalizer = 1, entropy = 0 } = numbers;
  const words = new Uint32Array(BATCH_FIELDS);
  const floats = new Float32Array(words.buffer);
  words.set([tokens, prefixTokens, Number(accumulate), Number(usesBase)]);
  floats.set([1 / temperature, 1 / normalizer, entropy], 4);
  words.set([seed >>> 0, Number(greedy), columns], 7);
  return words;
}
