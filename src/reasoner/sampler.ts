import { SPECIAL } from '../language/vocabulary.ts';
import { unit } from './draw.ts';
import type { Decoder, Kernels } from './kernels/kernels.ts';
import { DivergedError, type ReasonerConfig, type Rollout, type SampleOptions } from './reasoner.ts';
import type { Weights } from './weights.ts';

/** Rows that are still growing: `order` holds their places in the caller's list. */
interface Active {
  index: number;
  limit: number;
}

/**
 * One response per prompt. Equal prompts are computed once; finished rows leave the batch when they are a
 * quarter of it. The draw of a token depends on the seed, the row and the position only, not on the batch.
 */
export async function sampleResponses(
  weights: Weights,
  config: ReasonerConfig,
  kernels: Kernels,
  prompts: readonly (readonly number[])[],
  options: SampleOptions,
): Promise<Rollout[]> {
  const rollouts: Rollout[] = prompts.map(() => ({ tokens: [], logprobs: [], finished: false }));
  const draw = new TokenDraw(config.vocabularySize, options);
  let done = 0;
  const active: Active[] = [];
  for (const [index, prompt] of prompts.entries()) {
    const limit = Math.min(options.maxNewTokens, config.contextLength - prompt.length);
    if (limit > 0) active.push({ index, limit });
    else done++;
  }
  // Neighbours of equal length pad each other least, and equal prompts come to lie together.
  const key = (row: Active) => (prompts[row.index] as readonly number[]).join(' ');
  const keys = new Map(active.map((row) => [row.index, key(row)]));
  active.sort((a, b) => {
    const byLength = (prompts[a.index]?.length ?? 0) - (prompts[b.index]?.length ?? 0);
    const [ka, kb] = [keys.get(a.index) as string, keys.get(b.index) as string];
    return byLength || (ka < kb ? -1 : ka > kb ? 1 : a.index - b.index);
  });
  const together = kernels.decoderRows(config);
  for (let at = 0; at < active.length; at += together) {
    const rows = active.slice(at, at + together);
    const decoder = startDecoder(weights, config, kernels, prompts, rows);
    try {
      await grow(decoder, rows, prompts, rollouts, draw, () => options.onProgress?.(++done, prompts.length));
    } finally {
      decoder.dispose();
    }
  }
  return rollouts;
}

function startDecoder(
  weights: Weights,
  config: ReasonerConfig,
  kernels: Kernels,
  prompts: readonly (readonly number[])[],
  rows: readonly Active[],
): Decoder {
  const prefixes: (readonly number[])[] = [];
  const known = new Map<string, number>();
  const rowPrefix = Int32Array.from(rows, ({ index }) => {
    const prefix = (prompts[index] as readonly number[]).slice(0, -1);
    const key = prefix.join(' ');
    const at = known.get(key) ?? prefixes.push(prefix) - 1;
    known.set(key, at);
    return at;
  });
  const longest = Math.max(...rows.map(({ limit }) => limit));
  return kernels.startDecoding(weights, config, prefixes, rowPrefix, longest);
}

async function grow(
  decoder: Decoder,
  rows: Active[],
  prompts: readonly (readonly number[])[],
  rollouts: Rollout[],
  draw: TokenDraw,
  onDone: () => void,
): Promise<void> {
  // Rows of the decoder; null once finished, until the next clearing out.
  let held: (Active | null)[] = rows;
  let input = Int32Array.from(rows, ({ index }) => prompts[index]?.at(-1) as number);
  let left = rows.length;
  while (left > 0) {
    const logits = await decoder.step(input);
    for (const [r, row] of held.entries()) {
      if (!row) continue;
      const rollout = rollouts[row.index] as Rollout;
      const token = draw.next(logits, r, row.index, rollout.tokens.length);
      rollout.tokens.push(token);
      rollout.logprobs.push(draw.logprob);
      input[r] = token;
      rollout.finished = token === SPECIAL.eos;
      if (rollout.finished || rollout.tokens.length === row.limit) {
        held[r] = null;
        left--;
        onDone();
      }
    }
    if (left > 0 && left <= 0.75 * held.length) {
      const stay = Int32Array.from(held.keys()).filter((r) => held[r] !== null);
      decoder.keep(stay);
      input = stay.map((r) => input[r] as number);
      held = Array.from(stay, (r) => held[r] as Active);
    }
  }
}

/** Draws tokens from logits on the CPU, in double precision. */
class TokenDraw {
  /** log π of the latest draw at the temperature: what training computes. */
  logprob = 0;
  private readonly weights: Float64Array;

  constructor(
    private readonly vocabulary: number,
    private readonly options: SampleOptions,
  ) {
    this.weights = new Float64Array(vocabulary);
  }

  /** A token from row `r` of `logits` `[rows, vocabulary]`, for the sequence `row` at `position`. */
  next(logits: Float32Array, r: number, row: number, position: number): number {
    const { vocabulary, weights } = this;
    const { greedy, seed } = this.options;
    const scale = greedy ? 1 : 1 / this.options.temperature;
    const start = r * vocabulary;
    let highest = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < vocabulary; i++) highest = Math.max(highest, logits[start + i] as number);
    if (!Number.isFinite(highest))
      throw new DivergedError('The logits are not finite: the reasoner has diverged');
    let total = 0;
    for (let i = 0; i < vocabulary; i++) {
      total += weights[i] = Math.exp(((logits[start + i] as number) - highest) * scale);
    }
    const token = greedy ? largest(weights) : inverse(weights, total * unit(seed, row, position));
    this.logprob = ((logits[start + token] as number) - highest) * scale - Math.log(total);
    return token;
  }
}

/** The smallest index of the largest weight. */
function largest(weights: Float64Array): number {
  let best = 0;
  for (let i = 1; i < weights.length; i++) {
    if ((weights[i] as number) > (weights[best] as number)) best = i;
  }
  return best;
}

/** The index at which the running sum of weights passes `x`. */
function inverse(weights: Float64Array, x: number): number {
  let rest = x;
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] as number;
    if (weight === 0) continue;
    last = i;
    rest -= weight;
    if (rest < 0) return i;
  }
  return last;
}
