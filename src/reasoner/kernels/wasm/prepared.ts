/** A ragged batch as the compiled kernels read it. */
import * as tf from '@tensorflow/tfjs-core';
import type { Layout, TokenBatch } from '../../batch.ts';
import type { ReasonerConfig } from '../../reasoner.ts';
import { rotaryTables } from '../../rotary.ts';
import type { Prepared } from '../kernels.ts';

export interface WasmPrepared extends Prepared {
  tokens: tf.Tensor1D;
  /** `[tokens, headDim/2]` */
  cos: tf.Tensor1D;
  sin: tf.Tensor1D;
  /** See `attention.as`. */
  table: tf.Tensor1D;
  /** Numbers that the attention weights of one block take. */
  weightCount: number;
  longest: number;
}

const pad4 = (n: number) => (n + 3) & ~3;

/** Uploads a ragged batch; the caller disposes of it. Throws an Error when its rows do not lie in the order of their prefixes. */
export function prepareRagged(batch: TokenBatch, config: ReasonerConfig): WasmPrepared {
  const { layout } = batch;
  const headDim = config.width / config.heads;
  const { cos, sin } = rotaryTables(batch.positions, headDim, config.ropeTheta);
  const { table, weightCount, longest } = layoutTable(layout, config.heads);
  const tensors = {
    tokens: tf.tensor1d(batch.inputs, 'int32'),
    cos: tf.tensor1d(cos),
    sin: tf.tensor1d(sin),
    table: tf.tensor1d(table, 'int32'),
  };
  return {
    ...tensors,
    weightCount,
    longest,
    batch,
    config,
    dispose: () => tf.dispose(Object.values(tensors)),
  };
}

function layoutTable(layout: Layout, heads: number) {
  const G = layout.prefixOffset.length;
  const R = layout.rowOffset.length;
  const table = new Int32Array(4 * G + 1 + 3 * R);
  table.set(layout.prefixOffset, 0);
  table.set(layout.prefixLength, G);
  const ofRows = 4 * G + 1;
  table.set(layout.rowOffset, ofRows);
  table.set(layout.rowLength, ofRows + R);
  let weightCount = 0;
  let longest = 0;
  let r = 0;
  for (let g = 0; g < G; g++) {
    const length = layout.prefixLength[g] as number;
    table[2 * G + g] = weightCount;
    table[3 * G + g] = r;
    weightCount += heads * length * pad4(length);
    longest = Math.max(longest, length);
    for (; r < R && layout.rowPrefix[r] === g; r++) {
      const count = layout.rowLength[r] as number;
      table[ofRows + 2 * R + r] = weightCount;
      weightCount += heads * count * (pad4(length) + pad4(count));
      longest = Math.max(longest, count);
    }
  }
  table[4 * G] = R;
  if (r !== R) throw new Error('The rows of a ragged batch must lie in the order of their prefixes');
  return { table, weightCount, longest };
}
