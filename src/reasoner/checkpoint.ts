/** The border: the engine's parameters as tensors of `LlamaForCausalLM`, and back. */
import type { Moments } from './core.ts';
import type { ReasonerConfig } from './reasoner.ts';
import type { SafetensorsFile, SafetensorsTensor } from './safetensors.ts';

/** A Hugging Face tensor as columns of one of the engine's matrices. */
interface Piece {
  name: string;
  /** `[out, in]`, or `[n]` for a norm. */
  shape: number[];
}

const HEAD = 'lm_head.weight';

/** Which Hugging Face tensors make up each of the engine's parameters, in the engine's order. */
function pieces(config: ReasonerConfig): Piece[][] {
  const { vocabularySize: V, width: W, feedForward: F } = config;
  const list: Piece[][] = [[{ name: 'model.embed_tokens.weight', shape: [V, W] }]];
  for (let layer = 0; layer < config.layers; layer++) {
    const at = (name: string, shape: number[]) => ({ name: `model.layers.${layer}.${name}.weight`, shape });
    list.push(
      [at('input_layernorm', [W])],
      ['q', 'k', 'v'].map((x) => at(`self_attn.${x}_proj`, [W, W])),
      [at('self_attn.o_proj', [W, W])],
      [at('post_attention_layernorm', [W])],
      ['gate', 'up'].map((x) => at(`mlp.${x}_proj`, [F, W])),
      [at('mlp.down_proj', [W, F])],
    );
  }
  list.push([{ name: 'model.norm.weight', shape: [W] }]);
  if (!config.tiedHead) list.push([{ name: HEAD, shape: [V, W] }]);
  return list;
}

/** The engine's values (in the order of `parameterShapes`) as Hugging Face tensors. */
export function toHuggingFace(
  config: ReasonerConfig,
  values: readonly Float32Array[],
): Map<string, SafetensorsTensor> {
  const tensors = new Map<string, SafetensorsTensor>();
  for (const [i, parts] of pieces(config).entries()) {
    const source = values[i] as Float32Array;
    const columns = parts.reduce((sum, { shape }) => sum + (shape[0] as number), 0);
    let first = 0;
    for (const { name, shape } of parts) {
      const out = new Float32Array(shape.reduce((a, b) => a * b, 1));
      if (shape.length === 1 || i === 0) out.set(source);
      else copyTransposed(shape as [number, number], out, source, columns, first, 'export');
      tensors.set(name, { shape, values: out });
      first += shape[0] as number;
    }
  }
  return tensors;
}

/** The engine's values from Hugging Face tensors. Throws an Error on a missing, unknown or ill-shaped tensor. */
export function fromHuggingFace(
  config: ReasonerConfig,
  tensors: ReadonlyMap<string, SafetensorsTensor>,
): Float32Array[] {
  const known = new Set<string>();
  const values = pieces(config).map((parts, i) => {
    const columns = parts.reduce((sum, { shape }) => sum + (shape[0] as number), 0);
    const target = new Float32Array(columns * ((parts[0] as Piece).shape[1] ?? 1));
    let first = 0;
    for (const { name, shape } of parts) {
      known.add(name);
      const tensor = tensors.get(name);
      if (!tensor) {
        const why = name === HEAD ? ': its head is tied to the embedding, and this reasoner’s is not' : '';
        throw new Error(`The checkpoint lacks the tensor ${name}${why}`);
      }
      if (tensor.shape.join() !== shape.join()) {
        throw new Error(`The tensor ${name} has shape [${tensor.shape}], but this reasoner needs [${shape}]`);
      }
      if (shape.length === 1 || i === 0) target.set(tensor.values);
      else copyTransposed(shape as [number, number], tensor.values, target, columns, first, 'import');
      first += shape[0] as number;
    }
    return target;
  });
  for (const name of tensors.keys()) {
    if (known.has(name)) continue;
    throw new Error(
      name === HEAD
        ? `The checkpoint has a head of its own, ${name}, but this reasoner’s is tied to the embedding`
        : `The checkpoint has a tensor ${name} that this reasoner does not`,
    );
  }
  return values;
}

/** Prefixes of the tensors' names, as PyTorch calls what AdamW keeps of each parameter. */
const MOMENTS = { first: 'exp_avg.', second: 'exp_avg_sq.' } as const;

/** The optimizer's state at the border, in tensors like those of the weights. */
export function momentsToHuggingFace(
  config: ReasonerConfig,
  { steps, ...moments }: Moments,
): { tensors: Map<string, SafetensorsTensor>; metadata: Record<string, string> } {
  const tensors = new Map<string, SafetensorsTensor>();
  for (const [which, prefix] of Object.entries(MOMENTS) as ['first' | 'second', string][]) {
    for (const [name, tensor] of toHuggingFace(config, moments[which])) tensors.set(prefix + name, tensor);
  }
  return { tensors, metadata: { steps: String(steps) } };
}

/** The opposite. Throws an Error on a tensor that is missing, unknown or ill-shaped, and without a number of steps. */
export function momentsFromHuggingFace(
  config: ReasonerConfig,
  { tensors, metadata }: Pick<SafetensorsFile, 'tensors' | 'metadata'>,
): Moments {
  const steps = Number(metadata.steps ?? Number.NaN);
  if (!Number.isInteger(steps) || steps < 0) {
    throw new Error('The optimizer’s state does not say how many updates it has seen');
  }
  const [first, second] = Object.values(MOMENTS).map((prefix) => {
    const own = [...tensors].filter(([name]) => name.startsWith(prefix));
    return fromHuggingFace(config, new Map(own.map(([name, tensor]) => [name.slice(prefix.length), tensor])));
  }) as [Float32Array[], Float32Array[]];
  const strange = [...tensors.keys()].find(
    (name) => !Object.values(MOMENTS).some((prefix) => name.startsWith(prefix)),
  );
  if (strange !== undefined)
    throw new Error(`The optimizer’s state has a tensor ${strange} that is none of its own`);
  return { first, second, steps };
}

/** Between `[out, in]` at the border and columns `first …` of `[in, columns]` inside. */
function copyTransposed(
  [out, inputs]: [number, number],
  border: Float32Array,
  inside: Float32Array,
  columns: number,
  first: number,
  direction: 'import' | 'export',
): void {
  for (let o = 0; o < out; o++) {
    for (let i = 0; i < inputs; i++) {
      const a = o * inputs + i;
      const b = i * columns + first + o;
      if (direction === 'import') inside[b] = border[a] as number;
      else border[a] = inside[b] as number;
    }
  }
}
