/** The recordings that come with the page, read from the disk. */
import { readFileSync } from 'node:fs';
import { type Recording, readRecording } from '../src/run/replay/file.ts';
import type { ShippedRecording } from '../src/run/replay/shipped.ts';

export function shippedRecording(name: ShippedRecording): Promise<Recording> {
  return readRecording(readFileSync(new URL(`../public/recordings/${name}.recording`, import.meta.url)));
}
