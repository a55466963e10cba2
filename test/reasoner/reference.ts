/**
 * The decoder and the objective once more, in plain loops and double precision, from the Hugging Face tensors
 * and without anything of the engine. Slow; what the engine is checked against.
 */
import type { ReasonerConfig, TrainingSequence, UpdateOptions } from '../../src/reasoner/reasoner.ts';

/** Hugging Face names to numbers, matrices `[out, in]` row by row. */
export type ReferenceWeights = Map<string, Float64Array>;

function get(weights: ReferenceWeights, name: string): Float64Array {
  const values = weights.get(name);
  if (!values) throw new Error(`The reference has no ${name}`);
  return values;
}

/** matrix `[out, in]` · x. */
function product(matrix: Float64Array, x: Float64Array): Float64Array {
  const inputs = x.length;
  const out = new Float64Array(matrix.length / inputs);
  for (let o = 0; o < out.length; o++) {
    let sum = 0;
    for (let i = 0; i < inputs; i++) sum += matrix[o * inputs + i]! * x[i]!;
    out[o] = sum;
  }
  return out;
}

function rmsNorm(x: Float64Array, gain: Float64Array, epsilon: number): Float64Array {
  let square = 0;
  for (const value of x) square += value * value;
  const scale = 1 / Math.sqrt(square / x.length + epsilon);
  return x.map((value, i) => value * scale * gain[i]!);
}

function rotated(x: Float64Array, position: number, heads: number, theta: number): Float64Array {
  const dim = x.length / heads;
  const half = dim / 2;
  const out = new Float64Array(x.length);
  for (let h = 0; h < heads; h++) {
    for (let i = 0; i < half; i++) {
      const angle = position * theta ** ((-2 * i) / dim);
      const [a, b] = [x[h * dim + i]!, x[h * dim + i + half]!];
      out[h * dim + i] = a * Math.cos(angle) - b * Math.sin(angle);
      out[h * dim + i + half] = b * Math.cos(angle) + a * Math.sin(angle);
    }
  }
  return out;
}

/** Logits after every token: `[tokens][vocabulary]`. */
function referenceLogits(
  weights: ReferenceWeights,
  config: ReasonerConfig,
  tokens: readonly number[],
  positions: readonly number[] = [...tokens.keys()],
): Float64Array[] {
  const { width, heads, layers, rmsNormEpsilon: epsilon, ropeTheta } = config;
  const dim = width / heads;
  const embedding = get(weights, 'model.embed_tokens.weight');
  let stream = tokens.map((token) => embedding.slice(token * width, (token + 1) * width));
  for (let layer = 0; layer < layers; layer++) {
    const w = (name: string) => get(weights, `model.layers.${layer}.${name}.weight`);
    const normed = stream.map((x) => rmsNorm(x, w('input_layernorm'), epsilon));
    const q = normed.map((x, t) =>
      rotated(product(w('self_attn.q_proj'), x), positions[t]!, heads, ropeTheta),
    );
    const k = normed.map((x, t) =>
      rotated(product(w('self_attn.k_proj'), x), positions[t]!, heads, ropeTheta),
    );
    const v = normed.map((x) => product(w('self_attn.v_proj'), x));
    stream = stream.map((x, t) => {
      const attended = new Float64Array(width);
      for (let h = 0; h < heads; h++) {
        const scores = Array.from({ length: t + 1 }, (_, s) => {
          let dot = 0;
          for (let i = h * dim; i < (h + 1) * dim; i++) dot += q[t]![i]! * k[s]![i]!;
          return dot / Math.sqrt(dim);
        });
        const probabilities = logSoftmax(scores).map(Math.exp);
        for (let s = 0; s <= t; s++) {
          for (let i = h * dim; i < (h + 1) * dim; i++) attended[i]! += probabilities[s]! * v[s]![i]!;
        }
      }
      const projected = product(w('self_attn.o_proj'), attended);
      return x.map((value, i) => value + projected[i]!);
    });
    stream = stream.map((x) => {
      const y = rmsNorm(x, w('post_attention_layernorm'), epsilon);
      const up = product(w('mlp.up_proj'), y);
      const gate = product(w('mlp.gate_proj'), y).map((g, i) => (g / (1 + Math.exp(-g))) * up[i]!);
      const down = product(w('mlp.down_proj'), gate);
      return x.map((value, i) => value + down[i]!);
    });
  }
  const head = config.tiedHead ? embedding : get(weights, 'lm_head.weight');
  return stream.map((x) => product(head, rmsNorm(x, get(weights, 'model.norm.weight'), epsilon)));
}

function logSoftmax(values: ArrayLike<number>): number[] {
  const list = Array.from(values);
  const highest = Math.max(...list);
  const total = Math.log(list.reduce((sum, value) => sum + Math.exp(value - highest), 0));
  return list.map((value) => value - highest - total);
}

/** log π over the vocabulary before each response token: `[response][vocabulary]`. */
export function referenceLogPolicies(
  weights: ReferenceWeights,
  config: ReasonerConfig,
  prompt: readonly number[],
  response: readonly number[],
  temperature: number,
  positions?: readonly number[],
): number[][] {
  const logits = referenceLogits(weights, config, [...prompt, ...response], positions);
  return response.map((_, j) =>
    logSoftmax((logits[prompt.length - 1 + j] as Float64Array).map((value) => value / temperature)),
  );
}

/** KL(π‖base) before each response token, in nats: `[response]`. */
export function referenceKl(
  weights: ReferenceWeights,
  base: ReferenceWeights,
  config: ReasonerConfig,
  { prompt, response }: Pick<TrainingSequence, 'prompt' | 'response'>,
  temperature: number,
): number[] {
  const policies = referenceLogPolicies(weights, config, prompt, response, temperature);
  const bases = referenceLogPolicies(base, config, prompt, response, temperature);
  return policies.map((policy, j) => klOf(policy, bases[j] as number[]));
}

/** Σ p·(log p − log q) of two lists of log-probabilities. */
function klOf(logp: readonly number[], logq: readonly number[]): number {
  return logp.reduce((sum, l, i) => sum + Math.exp(l) * (l - logq[i]!), 0);
}

/** The objective of `loss.ts` and its means, token by token. */
export function referenceLoss(
  weights: ReferenceWeights,
  base: ReferenceWeights | null,
  config: ReasonerConfig,
  sequences: readonly TrainingSequence[],
  options: Pick<UpdateOptions, 'normalizer' | 'temperature' | 'entropy'>,
): { loss: number; entropy: number; kl: number } {
  let loss = 0;
  let entropySum = 0;
  let klSum = 0;
  let withKl = 0;
  let tokens = 0;
  for (const { prompt, response, weight, klToBase = 0, positions } of sequences) {
    const policiesOf = (of: ReferenceWeights) =>
      referenceLogPolicies(of, config, prompt, response, options.temperature, positions);
    const policies = policiesOf(weights);
    const bases = base && klToBase > 0 ? policiesOf(base) : null;
    for (const [j, logPolicy] of policies.entries()) {
      const advantage = typeof weight === 'number' ? weight : weight[j]!;
      const logprob = logPolicy[response[j]!]!;
      const entropy = -logPolicy.reduce((sum, l) => sum + Math.exp(l) * l, 0);
      let kl = 0;
      if (bases) {
        kl = klOf(logPolicy, bases[j] as number[]);
        withKl++;
      }
      loss += -advantage * logprob + klToBase * kl - (options.entropy ?? 0) * entropy;
      entropySum += entropy;
      klSum += kl;
      tokens++;
    }
  }
  return {
    loss: loss / options.normalizer,
    entropy: entropySum / tokens,
    kl: withKl > 0 ? klSum / withKl : 0,
  };
}
