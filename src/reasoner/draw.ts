/** A uniform number in [0, 1) that depends on its three arguments only (murmur3's finaliser, thrice). */
export function unit(seed: number, row: number, position: number): number {
  let h = mix(seed ^ 0x9e3779b9);
  h = mix(h ^ Math.imul(row + 1, 0x85ebca6b));
  h = mix(h ^ Math.imul(position + 1, 0xc2b2ae35));
  return h / 4294967296;
}

function mix(value: number): number {
  let h = value >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
