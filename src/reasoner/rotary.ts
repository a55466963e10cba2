/**
 * Cosines and sines of rotary positions in the rotate-half layout (pairs are `i` and `i + headDim/2`), both
 * `[positions, headDim/2]`.
 */
export function rotaryTables(
  positions: Int32Array,
  headDim: number,
  theta: number,
): { cos: Float32Array; sin: Float32Array } {
  const half = headDim / 2;
  const cos = new Float32Array(positions.length * half);
  const sin = new Float32Array(positions.length * half);
  for (let i = 0; i < half; i++) {
    const frequency = theta ** (-i / half);
    for (let n = 0; n < positions.length; n++) {
      const angle = (positions[n] as number) * frequency;
      cos[n * half + i] = Math.cos(angle);
      sin[n * half + i] = Math.sin(angle);
    }
  }
  return { cos, sin };
}
