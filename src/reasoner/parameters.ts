import { Random } from '../random.ts';
import type { ReasonerConfig } from './reasoner.ts';

export interface ParameterShape {
  name: string;
  shape: number[];
  size: number;
  /** Place in the flat vector of all parameters. */
  offset: number;
}

/** The parameters of a block, in their order. */
export const BLOCK_KEYS = ['inputNorm', 'qkv', 'attentionOut', 'postNorm', 'gateUp', 'down'] as const;

/** All parameters in the one order that lists, flat vectors and optimizer state share. */
export function parameterShapes(config: ReasonerConfig): ParameterShape[] {
  const { vocabularySize, layers, width, feedForward } = config;
  const blockShapes: Record<(typeof BLOCK_KEYS)[number], number[]> = {
    inputNorm: [width],
    qkv: [width, 3 * width],
    attentionOut: [width, width],
    postNorm: [width],
    gateUp: [width, 2 * feedForward],
    down: [feedForward, width],
  };
  const named: [string, number[]][] = [['embedding', [vocabularySize, width]]];
  for (let layer = 0; layer < layers; layer++) {
    for (const key of BLOCK_KEYS) named.push([`blocks.${layer}.${key}`, blockShapes[key]]);
  }
  named.push(['norm', [width]]);
  if (!config.tiedHead) named.push(['head', [width, vocabularySize]]);
  let offset = 0;
  return named.map(([name, shape]) => {
    const size = shape.reduce((a, b) => a * b, 1);
    offset += size;
    return { name, shape, size, offset: offset - size };
  });
}

/**
 * Initial values, in the order of {@link parameterShapes}: normal with deviation 0.02, projections back into
 * the residual stream smaller by √(2·layers) (GPT-2, Radford et al. 2019), norms one. Same seed, same values.
 */
export function initialValues(config: ReasonerConfig, seed: number): Float32Array[] {
  const random = new Random(seed);
  const residual = 0.02 / Math.sqrt(2 * config.layers);
  return parameterShapes(config).map(({ name, shape, size }) => {
    const values = new Float32Array(size);
    if (shape.length === 1) return values.fill(1);
    const deviation = name.endsWith('attentionOut') || name.endsWith('down') ? residual : 0.02;
    // Box–Muller, both halves used.
    for (let i = 0; i < size; i += 2) {
      const radius = deviation * Math.sqrt(-2 * Math.log(1 - random.unit()));
      const angle = 2 * Math.PI * random.unit();
      values[i] = radius * Math.cos(angle);
      if (i + 1 < size) values[i + 1] = radius * Math.sin(angle);
    }
    return values;
  });
}

/** Values of each parameter, of a flat vector of all. */
export function inParts(shapes: readonly ParameterShape[], flat: Float32Array): Float32Array[] {
  return shapes.map(({ offset, size }) => flat.slice(offset, offset + size));
}

/** The opposite of {@link inParts}. */
export function inOne(values: readonly Float32Array[]): Float32Array {
  const flat = new Float32Array(values.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const each of values) {
    flat.set(each, at);
    at += each.length;
  }
  return flat;
}
