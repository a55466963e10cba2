/**
 * Cosines and sines of rotary positions in the rotate-half layout (pairs are `i` and `i + headDim/2`), both
 * `[positions, headDim]` with the second half repeating the first.
 */
export function rotaryTables(
  positions: Int32Array,
  headDim: number,
  theta: number,
): { cos: Float32Array; sin: Float32Array } {
  const half = headDim / 2;
  const cos = new Float32Array(positions.length * headDim);
  const sin = new Float32Array(positions.length * headDim);
  for (let i = 0; i < half; i++) {
    const frequency = theta ** (-i / half);
    for (let n = 0; n < positions.length; n++) {
      const angle = (positions[n] as number) * frequency;
      const at = n * headDim + i;
      cos[at] = cos[at + half] = Math.cos(angle);
      sin[at] = sin[at + half] = Math.sin(angle);
    }
  }
  return { cos, sin };
}
