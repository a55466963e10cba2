/** One program text in this many belongs to the held-out class: never in warm-up, never in the buffer. */
const CLASSES = 8;

/**
 * True for the hash class of program texts that is kept for the held-out suites. The split is by text
 * (FNV-1a), so it needs no list and is the same in every run, tab and tool.
 */
export function isHeldOut(program: string): boolean {
  return fnv1a(program) % CLASSES === 0;
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
