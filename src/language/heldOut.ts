/** One behaviour in this many belongs to the held-out class: never in warm-up, never in the buffer. */
const CLASSES = 8;

/**
 * True for the hash class (FNV-1a) that is kept for the held-out suites. Of programs `key` is the behaviour
 * (`fingerprintKey`), so that a held-out program is not merely written otherwise than those trained on: none of
 * them does the same. It needs no list and is the same in every run, tab and tool.
 */
export function isHeldOut(key: string): boolean {
  return fnv1a(key) % CLASSES === 0;
}

/** 32-bit FNV-1a of the text's character codes. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  // FNV's low bits mix poorly on short texts that differ at the end; fold the high half in.
  return (hash ^ (hash >>> 15)) >>> 0;
}
