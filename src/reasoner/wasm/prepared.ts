/** A ragged batch as the compiled kernels read it. */
import type { Layout, TokenBatch } from '../batch.ts';
import type { ReasonerConfig } from '../reasoner.ts';
import { rotaryTables } from '../rotary.ts';
import type { Heap } from './heap.ts';

/** Addresses of what a batch consists of. */
export interface Prepared {
  layout: Layout;
  tokens: number;
  /** `[tokens, headDim/2]` */
  cos: number;
  sin: number;
  /** See `attention.as`. */
  table: number;
  /** Numbers that the attention weights of one block take. */
  weightCount: number;
  /** Most tokens of a prefix, a row, or what a row sees before it. */
  longest: number;
}

const pad4 = (n: number) => (n + 3) & ~3;

/** Copies a ragged batch into the heap. Throws an Error when its rows do not lie in the order of their prefixes. */
export function prepare(
  heap: Heap,
  { layout, inputs, positions }: TokenBatch,
  config: ReasonerConfig,
): Prepared {
  const { cos, sin } = rotaryTables(positions, config.width / config.heads, config.ropeTheta);
  const { table, weightCount, longest } = layoutTable(layout, config.heads);
  return {
    layout,
    tokens: heap.put(inputs),
    cos: heap.put(cos),
    sin: heap.put(sin),
    table: heap.put(table),
    weightCount,
    longest,
  };
}

function layoutTable(layout: Layout, heads: number) {
  const G = layout.prefixOffset.length;
  const R = layout.rowOffset.length;
  const table = new Int32Array(4 * G + 1 + 4 * R);
  table.set(layout.prefixOffset, 0);
  table.set(layout.prefixLength, G);
  const ofRows = 4 * G + 1;
  table.set(layout.rowOffset, ofRows);
  table.set(layout.rowLength, ofRows + R);
  table.set(layout.rowContext, ofRows + 3 * R);
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
      const context = layout.rowContext[r] as number;
      table[ofRows + 2 * R + r] = weightCount;
      weightCount += heads * count * (pad4(context) + pad4(count));
      longest = Math.max(longest, count, context);
    }
  }
  table[4 * G] = R;
  if (r !== R) throw new Error('The rows of a ragged batch must lie in the order of their prefixes');
  return { table, weightCount, longest };
}
