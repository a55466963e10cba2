/** How the bench writes numbers and shapes. */
import type { Shape } from './workload.ts';

export function shapeText({ layers, width, heads, feedForward, vocabulary, batch, length }: Shape): string {
  return (
    `${layers} ${layers === 1 ? 'layer' : 'layers'}, width ${width}, ${heads} heads, FFN ${feedForward}, vocabulary ${vocabulary}, ` +
    `${batch} × ${length} tokens`
  );
}

/** Three digits that mean something. */
export const brief = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toPrecision(2);
