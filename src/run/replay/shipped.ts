/** The recordings that come with the page. */
import { type Recording, RecordingError, readRecording } from './file.ts';

/** Names of them, as a link says them; each is a file in `recordings/`, made as docs/recordings.md says. */
export const SHIPPED = [
  'demo',
  'climb-short',
  'random-proposer',
  'equal-rewards',
  'five-times',
  'twenty-times',
  'no-kl',
] as const;
export type ShippedRecording = (typeof SHIPPED)[number];

export function isShippedRecording(name: string): name is ShippedRecording {
  return SHIPPED.some((shipped) => shipped === name);
}

/** Rejects with a {@link RecordingError} where it does not arrive, or not whole. */
export async function fetchRecording(name: ShippedRecording): Promise<Recording> {
  const address = new URL(`recordings/${name}.recording`, document.baseURI);
  const response = await fetch(address).catch(() => null);
  if (!response?.ok) {
    throw new RecordingError('The recording did not arrive. Check the connection and try again.');
  }
  return readRecording(new Uint8Array(await response.arrayBuffer()));
}
