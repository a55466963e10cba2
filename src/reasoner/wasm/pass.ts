/** The decoder on one micro-batch, forward and backward, by the compiled kernels. Addresses are bytes into the heap. */
import type { Heap } from './heap.ts';
import type { Matrix, Model } from './model.ts';
import type { Prepared } from './prepared.ts';

/** What a block keeps of its forward pass, for the way back. `n` positions come in, `m` go out. */
interface Kept {
  /** The residual stream before the block, `[n, width]`. */
  x: number;
  /** x after its norm, and the norm's scales `[n]`. */
  normed: number;
  scales: number;
  /** Turned queries, keys and values `[n, 3·width]`, and the softmax over the keys. */
  qkv: number;
  weights: number;
  /** What attention read `[m, width]`. */
  attended: number;
  /** The residual stream between attention and feed-forward `[m, width]`, with its norm and scales. */
  middle: number;
  middleNormed: number;
  middleScales: number;
  /** `[m, 2·feedForward]` and `[m, feedForward]` */
  gateUp: number;
  inner: number;
}

/** A forward pass that can be gone back. */
export interface Forward {
  blocks: Kept[];
  /** The residual stream at the rows' positions `[m, width]`, its norm and the norm's scales. */
  last: number;
  normed: number;
  scales: number;
  /** `[m, vocabulary]` */
  logits: number;
  /** Positions of rows. */
  m: number;
}

/** Computes logits at the rows' positions, into new room for all that is kept. */
export function forward(heap: Heap, model: Model, batch: Prepared): Forward {
  const { run } = heap;
  const { layers, width, heads, feedForward, rmsNormEpsilon: epsilon, vocabularySize } = model.config;
  const dim = width / heads;
  const { layout } = batch;
  const n = layout.tokens;
  let x = heap.room(n * width);
  run.embed(batch.tokens, model.address(0), x, n, width);
  let m = n;
  const blocks = model.blocks.map((block, layer): Kept => {
    // Nothing reads the prefixes any more after the last block's keys and values.
    const skip = layer === layers - 1 ? layout.prefixTokens : 0;
    m = n - skip;
    const normed = heap.room(n * width);
    const scales = heap.room(n);
    run.rmsNorm(x, model.address(block.inputNorm), normed, scales, n, width, epsilon);
    const qkv = multiply(heap, normed, block.qkv, n);
    run.rotary(qkv, batch.cos, batch.sin, qkv, n, heads, dim);
    const weights = heap.room(batch.weightCount);
    const attended = heap.room(m * width);
    heap.scoped(() => {
      const scratch = heap.room(3 * dim * (batch.longest + 4));
      run.attention(qkv, attended, weights, batch.table, ...shapeOf(batch), heads, dim, skip, scratch);
    });
    const middle = multiply(heap, attended, block.attentionOut, m, x + 4 * skip * width);
    const middleNormed = heap.room(m * width);
    const middleScales = heap.room(m);
    run.rmsNorm(middle, model.address(block.postNorm), middleNormed, middleScales, m, width, epsilon);
    const gateUp = multiply(heap, middleNormed, block.gateUp, m);
    const inner = heap.room(m * feedForward);
    run.swiglu(gateUp, inner, m, feedForward);
    const kept = {
      x,
      normed,
      scales,
      qkv,
      weights,
      attended,
      middle,
      middleNormed,
      middleScales,
      gateUp,
      inner,
    };
    x = multiply(heap, inner, block.down, m, middle);
    return kept;
  });
  const normed = heap.room(m * width);
  const scales = heap.room(m);
  run.rmsNorm(x, model.address(model.norm), normed, scales, m, width, epsilon);
  const logits = heap.room(m * vocabularySize);
  run.product(normed, model.head.panels, 0, logits, m, vocabularySize, width);
  return { blocks, last: x, normed, scales, logits, m };
}

/**
 * Adds the gradient of a loss to `gradient`, the flat vector's address, given the loss' own with respect to the logits
 * `[m, vocabulary]`.
 */
export function backward(
  heap: Heap,
  model: Model,
  batch: Prepared,
  pass: Forward,
  dLogits: number,
  gradient: number,
): void {
  const { run } = heap;
  const { layers, width, heads, feedForward } = model.config;
  const dim = width / heads;
  const { layout } = batch;
  const n = layout.tokens;
  const of = (offset: number) => gradient + 4 * offset;
  // The residual stream's gradient, taken back and forth between two places.
  let [dx, spare] = [heap.room(n * width), heap.room(n * width)];
  heap.scoped(() => {
    const dNormed = back(heap, dLogits, pass.normed, model.head, pass.m, gradient);
    run.rmsNormGradient(
      pass.last,
      model.address(model.norm),
      pass.scales,
      dNormed,
      dx,
      of(model.norm),
      pass.m,
      width,
    );
  });
  for (let layer = layers - 1; layer >= 0; layer--) {
    const block = model.blocks[layer]!;
    const kept = pass.blocks[layer]!;
    const skip = layer === layers - 1 ? layout.prefixTokens : 0;
    const m = n - skip;
    heap.scoped(() => {
      const dInner = back(heap, dx, kept.inner, block.down, m, gradient);
      const dGateUp = heap.room(m * 2 * feedForward);
      run.swigluGradient(kept.gateUp, dInner, dGateUp, m, feedForward);
      const dMiddle = back(heap, dGateUp, kept.middleNormed, block.gateUp, m, gradient);
      const { middle, middleScales } = kept;
      const gain = model.address(block.postNorm);
      run.rmsNormGradient(middle, gain, middleScales, dMiddle, spare, of(block.postNorm), m, width);
      run.addInto(dx, spare, m * width);

      const dAttended = back(heap, dx, kept.attended, block.attentionOut, m, gradient);
      const dQkv = heap.zeros(n * 3 * width);
      const { longest } = batch;
      const scratch = heap.room((8 * dim + 2 * longest) * (longest + 4) + layout.rowOffset.length);
      const shape = [...shapeOf(batch), heads, dim, skip] as const;
      run.attentionGradient(kept.qkv, kept.weights, dAttended, dQkv, batch.table, ...shape, scratch);
      run.rotaryGradient(dQkv, batch.cos, batch.sin, n, heads, dim);
      const dNormed = back(heap, dQkv, kept.normed, block.qkv, n, gradient);
      const inputGain = model.address(block.inputNorm);
      run.rmsNormGradient(kept.x, inputGain, kept.scales, dNormed, spare, of(block.inputNorm), n, width);
      run.addInto(spare + 4 * skip * width, dx, m * width);
    });
    [dx, spare] = [spare, dx];
  }
  run.embedGradient(batch.tokens, dx, gradient, n, width);
}

function shapeOf({ layout }: Prepared): [prefixes: number, rows: number] {
  return [layout.prefixOffset.length, layout.rowOffset.length];
}

/** added + x · matrix in new room, `[m, outputs]`. */
function multiply(heap: Heap, x: number, { panels, inputs, outputs }: Matrix, m: number, added = 0): number {
  const out = heap.room(m * outputs);
  heap.run.product(x, panels, added, out, m, outputs, inputs);
  return out;
}

/** The way back through `y = x · matrix`: adds the matrix' gradient to the flat one, and returns that of `x` `[m, inputs]`. */
function back(heap: Heap, dy: number, x: number, matrix: Matrix, m: number, gradient: number): number {
  const { inputs, outputs, transposed, offset, isTransposed } = matrix;
  const dx = heap.room(m * inputs);
  heap.run.product(dy, transposed, 0, dx, m, inputs, outputs);
  heap.scoped(() => {
    const to = gradient + 4 * offset;
    const scratch = heap.room(256 * ((isTransposed ? outputs : inputs) + 16));
    if (isTransposed) heap.run.productOfTransposed(dy, x, to, outputs, inputs, m, scratch);
    else heap.run.productOfTransposed(x, dy, to, inputs, outputs, m, scratch);
  });
  return dx;
}
