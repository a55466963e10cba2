/**
 * The operations of the decoder on the wasm backend, compiled from the `.as` files of this folder. Products
 * stay with tfjs (XNNPACK); the rest runs in tfjs's memory, without padding: sequences lie end to end.
 */
import * as tf from '@tensorflow/tfjs-core';
import { differentiable } from '../differentiable.ts';
import { type Kernels, type LossOutput, type LossTerms, type Prepared, rowsThatFit } from '../kernels.ts';
import { WasmDecoder } from './decoder.ts';
import type { Heap } from './heap.ts';
import { prepareRagged, type WasmPrepared } from './prepared.ts';

/** `tokenBudget`: positions of a micro-batch. */
export function wasmKernels(heap: Heap, tokenBudget: number): Kernels {
  const kernels: Kernels = {
    packing: { style: 'ragged', tokenBudget },
    decoderRows: (config, maxSteps) => rowsThatFit(config, maxSteps, 256),
    prepare: prepareRagged,
    embed: (batch, table) => embed(heap, batch as WasmPrepared, table),
    rmsNorm: (x, gain, epsilon) => rmsNorm(heap, x, gain, epsilon),
    attention: (batch, qkv, rowsOnly) => attention(heap, batch as WasmPrepared, qkv, rowsOnly),
    swiglu: (gateUp) => swiglu(heap, gateUp),
    rows: (batch, x) => rows(heap, batch, x),
    policyLoss: (logits, baseLogits, terms) => policyLoss(heap, logits, baseLogits, terms),
    targetLogprobs: (logits, targets, temperature) => {
      const [n, vocabulary] = logits.shape;
      const out = heap.empty<tf.Tensor1D>([n]);
      const wanted = tf.tensor1d(targets, 'int32');
      heap.run.targetLogprobs(heap.at(logits), heap.at(wanted), heap.at(out), n, vocabulary, 1 / temperature);
      return out;
    },
    klToBase: (logits, baseLogits, temperature) => {
      const [n, vocabulary] = logits.shape;
      const out = heap.empty<tf.Tensor1D>([n]);
      heap.run.klToBase(heap.at(logits), heap.at(baseLogits), heap.at(out), n, vocabulary, 1 / temperature);
      return out;
    },
    startDecoding: (weights, config, prefixes, rowPrefix, maxSteps) =>
      new WasmDecoder(heap, kernels, weights, config, prefixes, rowPrefix, maxSteps),
  };
  return kernels;
}

function embed(heap: Heap, { tokens }: WasmPrepared, table: tf.Tensor2D): tf.Tensor2D {
  const width = table.shape[1];
  return differentiable([table], ([x]) => {
    const value = heap.empty([tokens.size, width]);
    heap.run.embed(heap.at(tokens), heap.at(x as tf.Tensor), heap.at(value), tokens.size, width);
    return {
      value,
      gradient: (dy) => {
        const out = heap.zeros(table.shape);
        heap.run.embedGradient(heap.at(tokens), heap.at(dy), heap.at(out), tokens.size, width);
        return [out];
      },
    };
  });
}

function rmsNorm(heap: Heap, x: tf.Tensor2D, gain: tf.Tensor1D, epsilon: number): tf.Tensor2D {
  const [n, width] = x.shape;
  return differentiable([x, gain], ([input, g], save) => {
    const value = heap.empty([n, width]);
    const scales = heap.empty([n]);
    const from = heap.at(input as tf.Tensor);
    heap.run.rmsNorm(from, heap.at(g as tf.Tensor), heap.at(value), heap.at(scales), n, width, epsilon);
    save([input as tf.Tensor, g as tf.Tensor, scales]);
    return {
      value,
      gradient: (dy, saved) => {
        const dx = heap.empty([n, width]);
        const dGain = heap.zeros([width]);
        const [a, b, c] = saved.map((tensor) => heap.at(tensor)) as [number, number, number];
        heap.run.rmsNormGradient(a, b, c, heap.at(dy), heap.at(dx), heap.at(dGain), n, width);
        return [dx, dGain];
      },
    };
  });
}

function swiglu(heap: Heap, gateUp: tf.Tensor2D): tf.Tensor2D {
  const n = gateUp.shape[0];
  const inner = gateUp.shape[1] / 2;
  return differentiable([gateUp], ([x], save) => {
    save([x as tf.Tensor]);
    const value = heap.empty([n, inner]);
    heap.run.swiglu(heap.at(x as tf.Tensor), heap.at(value), n, inner);
    return {
      value,
      gradient: (dy, [saved]) => {
        const dx = heap.empty([n, 2 * inner]);
        heap.run.swigluGradient(heap.at(saved as tf.Tensor), heap.at(dy), heap.at(dx), n, inner);
        return [dx];
      },
    };
  });
}

function attention(heap: Heap, batch: WasmPrepared, qkv: tf.Tensor2D, rowsOnly: boolean): tf.Tensor2D {
  const { layout } = batch.batch;
  const { heads, width } = batch.config;
  const dim = width / heads;
  const skip = rowsOnly ? layout.prefixTokens : 0;
  const shape = [layout.prefixOffset.length, layout.rowOffset.length, heads, dim, skip] as const;
  return differentiable([qkv], ([x], save) => {
    const [cos, sin, table] = [batch.cos, batch.sin, batch.table].map((t) => heap.at(t)) as [
      number,
      number,
      number,
    ];
    const rotated = heap.empty([layout.tokens, 3 * width]);
    const weights = heap.empty([batch.weightCount]);
    const value = heap.zeros([layout.tokens - skip, width]);
    const scratch = heap.empty([2 * dim * (batch.longest + 4)]);
    heap.run.rotary(heap.at(x as tf.Tensor), cos, sin, heap.at(rotated), layout.tokens, heads, dim);
    const [from, to, w] = [heap.at(rotated), heap.at(value), heap.at(weights)];
    heap.run.attention(from, to, w, table, ...shape, heap.at(scratch));
    save([rotated, weights]);
    return {
      value,
      gradient: (dy, saved) => {
        const dx = heap.zeros([layout.tokens, 3 * width]);
        const room = heap.empty([2 * (dim + batch.longest) * (batch.longest + 4)]);
        const [r, p] = saved.map((tensor) => heap.at(tensor)) as [number, number];
        heap.run.attentionGradient(r, p, heap.at(dy), heap.at(dx), table, ...shape, heap.at(room));
        heap.run.rotaryGradient(heap.at(dx), cos, sin, layout.tokens, heads, dim);
        return [dx];
      },
    };
  });
}

function rows(heap: Heap, { batch }: Prepared, x: tf.Tensor2D): tf.Tensor2D {
  const { tokens, prefixTokens } = batch.layout;
  const width = x.shape[1];
  return differentiable([x], ([input]) => {
    const value = heap.empty([tokens - prefixTokens, width]);
    heap.numbers(value).set(heap.numbers(input as tf.Tensor).subarray(prefixTokens * width));
    return {
      value,
      gradient: (dy) => {
        const dx = heap.zeros([tokens, width]);
        heap.numbers(dx).set(heap.numbers(dy), prefixTokens * width);
        return [dx];
      },
    };
  });
}

function policyLoss(
  heap: Heap,
  logits: tf.Tensor2D,
  baseLogits: tf.Tensor2D | null,
  terms: LossTerms,
): LossOutput {
  const [n, vocabulary] = logits.shape;
  let sums: tf.Tensor1D | null = null;
  const loss = differentiable<tf.Scalar>([logits], ([z], save) => {
    const gradient = heap.empty([n, vocabulary]);
    // Three doubles, and room for one more: the heap is aligned to 16 bytes.
    const totals = heap.empty([8]);
    const columns = [
      tf.tensor1d(terms.targets, 'int32'),
      ...[terms.mask, terms.weights, terms.klToBase].map((values) => tf.tensor1d(values)),
    ].map((tensor) => heap.at(tensor)) as [number, number, number, number];
    heap.run.policyLoss(
      heap.at(z as tf.Tensor),
      baseLogits ? heap.at(baseLogits) : 0,
      heap.at(gradient),
      ...columns,
      heap.at(totals),
      n,
      vocabulary,
      1 / terms.temperature,
      1 / (terms.normalizer * terms.temperature),
      terms.entropy,
    );
    const [total, entropy, kl] = new Float64Array(heap.numbers(totals).slice().buffer);
    sums = tf.keep(tf.tensor1d([entropy as number, kl as number]));
    save([gradient]);
    // The loss ends the tape, so the gradient that comes back to it is 1.
    return {
      value: tf.scalar((total as number) / terms.normalizer),
      gradient: (_, [saved]) => [tf.clone(saved as tf.Tensor)],
    };
  });
  return { loss, sums: sums as unknown as tf.Tensor1D };
}
