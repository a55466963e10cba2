/** A kept run as text, ready to cross into another process: its tensors as base64. */
import type { KeptRun } from './protocol.ts';

export interface KeptText extends Pick<KeptRun, 'state'> {
  weights: string;
  optimizer: string;
  base: string | null;
}

export function keptText({ state, weights, optimizer, base }: KeptRun): KeptText {
  return { state, weights: toBase64(weights), optimizer: toBase64(optimizer), base: base && toBase64(base) };
}

export function keptRun({ state, weights, optimizer, base }: KeptText): KeptRun {
  return {
    state,
    weights: fromBase64(weights),
    optimizer: fromBase64(optimizer),
    base: base === null ? null : fromBase64(base),
  };
}

/** Bytes that one call takes as arguments. */
const PIECE = 32768;

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += PIECE) {
    binary += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  }
  return btoa(binary);
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
}
