/**
 * The same decoder in jax-js, the whole training step inside its `jit`. Arrays are consumed by what takes them;
 * `.ref` keeps one for another use.
 */
import { init, jit, nn, numpy as np, valueAndGrad } from '@jax-js/jax';
import { BETA1, WEIGHT_DECAY } from '../../src/reasoner/optimizer.ts';
import { parameterShapes } from '../../src/reasoner/parameters.ts';
import type { ReasonerConfig } from '../../src/reasoner/reasoner.ts';
import { rotaryTables } from '../../src/reasoner/rotary.ts';
import type { Workload } from '../workload.ts';
import type { Engine } from './engine.ts';

type Arrays = np.Array[];

export async function openJaxjs({ shape, config, values, sequences, options }: Workload): Promise<Engine> {
  const available = await init('webgpu');
  if (!available.includes('webgpu')) throw new Error('WebGPU is not available');
  const device = 'webgpu';
  const [B, T] = [shape.batch, shape.length - 1];
  const tokens = (from: number) =>
    np.array(
      Int32Array.from(
        sequences.flatMap(({ prompt, response }) => [...prompt, ...response].slice(from, from + T)),
      ),
      { shape: [B, T], dtype: np.int32, device },
    );
  const shapes = parameterShapes(config);
  const positions = Int32Array.from({ length: T }, (_, i) => i);
  const { cos, sin } = rotaryTables(positions, config.width / config.heads, config.ropeTheta);
  const half = config.width / config.heads / 2;
  const table = (angles: Float32Array) =>
    np.array(angles as Float32Array<ArrayBuffer>, { shape: [1, 1, T, half], device });
  const fixed: Fixed = {
    inputs: tokens(0),
    targets: tokens(1),
    cos: table(cos),
    sin: table(sin),
  };
  let parameters = shapes.map(({ shape }, i) =>
    np.array(values[i] as Float32Array<ArrayBuffer>, { shape, device }),
  );
  let first = shapes.map(({ shape }) => np.zeros(shape, { device }));
  let second = shapes.map(({ shape }) => np.zeros(shape, { device }));
  const decays = shapes.map(({ shape }) => shape.length > 1);
  const { learningRate, beta2, maxGradNorm } = options;

  const step = jit(
    (weights: Arrays, m: Arrays, v: Arrays, data: Fixed, rate: np.Array, correction: np.Array) => {
      const kept = weights.map((weight) => weight.ref);
      const [loss, gradients] = valueAndGrad((list: Arrays) => meanLoss(config, list, data))(kept);
      const squares = gradients.map((g) => np.sum(np.square(g.ref)));
      const norm = np.sqrt(squares.reduce((a, b) => a.add(b)));
      const scale = np.minimum(np.divide(maxGradNorm, norm), 1);
      const results = weights.map((weight, i) => {
        const g = gradients[i]!.mul(scale.ref);
        const nextM = m[i]!.mul(BETA1).add(g.ref.mul(1 - BETA1));
        const nextV = v[i]!.mul(beta2).add(np.square(g).mul(1 - beta2));
        const denominator = np.sqrt(nextV.ref.mul(correction.ref)).add(1e-8);
        const change = nextM.ref.mul(rate.ref).div(denominator);
        const kept = decays[i] ? weight.mul(1 - learningRate * WEIGHT_DECAY) : weight;
        return { weight: kept.sub(change), m: nextM, v: nextV };
      });
      return {
        loss,
        weights: results.map(({ weight }) => weight),
        m: results.map(({ m }) => m),
        v: results.map(({ v }) => v),
      };
    },
  );

  let steps = 0;
  return {
    name: 'jaxjs',
    step: async () => {
      steps++;
      const data = Object.fromEntries(Object.entries(fixed).map(([k, x]) => [k, x.ref])) as unknown as Fixed;
      const rate = learningRate / (1 - BETA1 ** steps);
      const correction = 1 / (1 - beta2 ** steps);
      const result = step(parameters, first, second, data, rate, correction);
      [parameters, first, second] = [result.weights, result.m, result.v];
      return (await result.loss.data())[0]!;
    },
    sample: null,
    dispose: () => {
      for (const x of [...parameters, ...first, ...second, ...Object.values(fixed)]) x.dispose();
      step.dispose();
    },
  };
}

interface Fixed {
  /** `[batch, time]` */
  inputs: np.Array;
  targets: np.Array;
  /** `[1, 1, time, headDim / 2]` */
  cos: np.Array;
  sin: np.Array;
}

/** Mean cross-entropy of the batch; consumes everything. */
function meanLoss(config: ReasonerConfig, list: Arrays, data: Fixed): np.Array {
  const { vocabularySize: V, layers, width, heads } = config;
  const [B, T] = data.inputs.shape as [number, number];
  const [rows, dim] = [B * T, width / heads];
  const rest = [...list];
  const next = () => rest.shift()!;
  let x = np.matmul(nn.oneHot(data.inputs.reshape([rows]), V), next());
  for (let layer = 0; layer < layers; layer++) {
    const normed = rmsNorm(x.ref, next(), config.rmsNormEpsilon);
    const qkv = np.matmul(normed, next()).reshape([B, T, 3, heads, dim]).transpose([2, 0, 3, 1, 4]);
    const q = rotate(qkv.ref.slice(0), data.cos.ref, data.sin.ref);
    const k = rotate(qkv.ref.slice(1), data.cos.ref, data.sin.ref);
    const v = qkv.slice(2);
    const scores = np.matmul(q, k.transpose([0, 1, 3, 2])).mul(1 / Math.sqrt(dim));
    const causal = np.tri(T, T).astype(np.bool).reshape([1, 1, T, T]);
    const weights = nn.softmax(np.where(causal, scores, -1e9), -1);
    const attended = np.matmul(weights, v).transpose([0, 2, 1, 3]).reshape([rows, width]);
    x = x.add(np.matmul(attended, next()));
    const gateUp = np.matmul(rmsNorm(x.ref, next(), config.rmsNormEpsilon), next());
    const [gate, up] = np.split(gateUp, 2, 1) as [np.Array, np.Array];
    x = x.add(np.matmul(nn.silu(gate).mul(up), next()));
  }
  const logits = np.matmul(rmsNorm(x, next(), config.rmsNormEpsilon), next());
  const chosen = nn.oneHot(data.targets.reshape([rows]), V);
  data.cos.dispose();
  data.sin.dispose();
  return np.sum(nn.logSoftmax(logits, -1).mul(chosen)).mul(-1 / rows);
}

function rmsNorm(x: np.Array, gain: np.Array, epsilon: number): np.Array {
  const mean = np.mean(np.square(x.ref), -1, { keepdims: true });
  return x.mul(np.reciprocal(np.sqrt(mean.add(epsilon)))).mul(gain);
}

/** Rotary positions on `[batch, heads, time, dim]`, rotate-half. */
function rotate(x: np.Array, cos: np.Array, sin: np.Array): np.Array {
  const [low, high] = np.split(x, 2, -1) as [np.Array, np.Array];
  const turnedLow = low.ref.mul(cos.ref).sub(high.ref.mul(sin.ref));
  const turnedHigh = high.mul(cos).add(low.mul(sin));
  return np.concatenate([turnedLow, turnedHigh], -1);
}
