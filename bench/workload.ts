/**
 * What every engine is given: a shape, weights, one batch and one set of options, all from fixed seeds. No clock
 * and no GPU in here.
 */
import { Random } from '../src/random.ts';
import { SIZES, type SizeName } from '../src/reasoner/config.ts';
import { initialValues } from '../src/reasoner/parameters.ts';
import type { ReasonerConfig, TrainingSequence, UpdateOptions } from '../src/reasoner/reasoner.ts';

/** A model and the batch it is trained on. */
export interface Shape {
  /** What tables call it. */
  name: string;
  layers: number;
  width: number;
  heads: number;
  feedForward: number;
  vocabulary: number;
  /** Sequences of a batch. */
  batch: number;
  /** Tokens of a sequence: a prompt of one token, then the response. */
  length: number;
}

const ofSize = (name: SizeName): Shape => {
  const { layers, width, heads, feedForward } = SIZES[name];
  return { name, layers, width, heads, feedForward, vocabulary: 256, batch: 64, length: 96 };
};

/** The two shapes that targets are set for. `full` is the lab's `small` size with a vocabulary of 256. */
export const FULL: Shape = { ...ofSize('small'), name: 'full' };
export const TINY: Shape = {
  name: 'tiny',
  layers: 2,
  width: 64,
  heads: 4,
  feedForward: 176,
  vocabulary: 256,
  batch: 8,
  length: 64,
};

/** The lab's larger sizes, on a graphics card and for Kelvin alone: the others ask for up to ten gigabytes there. */
export const LARGER: readonly Shape[] = [ofSize('medium'), ofSize('large')];

/** Seed of the initial weights. */
export const WEIGHT_SEED = 1;

export type SweepDimension = 'width' | 'layers' | 'batch' | 'length';
export const SWEEP_DIMENSIONS: readonly SweepDimension[] = ['width', 'layers', 'batch', 'length'];

/** A point of the sweep: a base shape with one dimension changed, or, for `all`, the base itself. */
export interface SweepPoint {
  shape: Shape;
  sweep: SweepDimension | 'all';
}

const SWEEPS = {
  // On a software adapter a step of plain TensorFlow.js takes seconds at best.
  software: {
    base: { layers: 2, width: 32, batch: 2, length: 32 },
    others: { width: [64, 128], layers: [1, 4], batch: [4, 8], length: [16, 64] },
    headDim: 16,
  },
  // Small enough for plain TensorFlow.js to fit a laptop's card at every point.
  card: {
    base: { layers: 4, width: 128, batch: 16, length: 96 },
    others: { width: [64, 256, 512], layers: [2, 8, 12], batch: [4, 32, 64], length: [24, 48, 192] },
    headDim: 32,
  },
} as const;

/** What the sweep measures on a software adapter or a card; `quick` leaves one point for each dimension. */
export function sweepPoints(software: boolean, quick: boolean): SweepPoint[] {
  const { base, others, headDim } = SWEEPS[software ? 'software' : 'card'];
  const shapeOf = (name: string, numbers: Record<SweepDimension, number>): Shape => ({
    ...numbers,
    name: `sweep ${name}`,
    heads: numbers.width / headDim,
    feedForward: 8 * Math.ceil((2.75 * numbers.width) / 8),
    vocabulary: 256,
  });
  return [
    { shape: shapeOf('base', base), sweep: 'all' as const },
    ...SWEEP_DIMENSIONS.flatMap((dimension) =>
      others[dimension].slice(quick ? -1 : 0).map((value) => ({
        shape: shapeOf(`${dimension} ${value}`, { ...base, [dimension]: value }),
        sweep: dimension,
      })),
    ),
  ];
}

export interface Workload {
  shape: Shape;
  config: ReasonerConfig;
  /** Initial weights in the order of `parameterShapes`. */
  values: Float32Array[];
  sequences: TrainingSequence[];
  options: UpdateOptions;
}

/** Weights, batch and options of a shape; the same on every call. */
export function workloadOf(shape: Shape): Workload {
  const config: ReasonerConfig = {
    vocabularySize: shape.vocabulary,
    layers: shape.layers,
    width: shape.width,
    heads: shape.heads,
    feedForward: shape.feedForward,
    contextLength: Math.max(shape.length, 96),
    ropeTheta: 10000,
    rmsNormEpsilon: 1e-5,
    tiedHead: false,
  };
  const random = new Random(5);
  // Words from a small Markov chain, so that there is something to learn and losses move.
  const follow = Array.from({ length: 4 * shape.vocabulary }, () => random.integer(2, shape.vocabulary - 1));
  const sequences = Array.from({ length: shape.batch }, (_, row): TrainingSequence => {
    const tokens = [2 + (row % (shape.vocabulary - 2))];
    while (tokens.length < shape.length) tokens.push(follow[4 * tokens.at(-1)! + random.integer(0, 3)]!);
    return { prompt: tokens.slice(0, 1), response: tokens.slice(1), weight: 1 };
  });
  const options: UpdateOptions = {
    learningRate: 2e-3,
    normalizer: shape.batch * (shape.length - 1),
    maxGradNorm: 1,
    beta2: 0.98,
    temperature: 1,
  };
  return { shape, config, values: initialValues(config, WEIGHT_SEED), sequences, options };
}

/** Prompts that are sampled from: all different, three tokens each. */
export function promptsOf(shape: Shape, rows: number): number[][] {
  const most = shape.vocabulary - 3;
  return Array.from({ length: rows }, (_, i) => [2 + (i % most), 2 + Math.floor(i / most), 3]);
}

/** Floating-point operations of the products of a training step: two for each multiplication-addition, forward and twice back. */
export function productOperations({ layers, width, feedForward, vocabulary, batch, length }: Shape): number {
  const positions = batch * (length - 1);
  const weights = layers * (4 * width * width + 3 * width * feedForward) + vocabulary * width;
  const attention = layers * 2 * width * ((length - 1) / 2);
  return 3 * 2 * positions * (weights + attention);
}
