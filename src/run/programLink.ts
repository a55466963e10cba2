/**
 * A program of the visitor's own as one word of a link: compressed, in letters that no chat and no mail program
 * changes. Ordinary Python shrinks to a third, so that a link carries some 12,000 characters of it.
 */

/**
 * The longest such word, in characters. A query goes to the server with the address, and many servers refuse addresses
 * above 8 kB.
 */
const LONGEST_WORD = 6000;

/**
 * Deflate in zlib's wrapping, not raw: its checksum tells a link that was damaged on its way, where raw deflate may
 * well decode to another program.
 */
const FORMAT = 'deflate';

/** The word in the link cannot be read; the message is a plain sentence. */
class DamagedProgramError extends Error {
  override readonly name = 'DamagedProgramError';
}

/** The word that stands for a program; null where it would be longer than a link may be. */
export async function packProgram(program: string): Promise<string | null> {
  const bytes = await through(new TextEncoder().encode(program), new CompressionStream(FORMAT));
  // Three bytes are four letters; checked first, so that a very long program is not spelled out for nothing.
  if ((bytes.length * 4) / 3 > LONGEST_WORD) return null;
  const word = btoa(String.fromCharCode(...bytes));
  return word.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The program that a word stands for. Rejects with a {@link DamagedProgramError} when it was cut or changed. */
export async function unpackProgram(word: string): Promise<string> {
  if (!/^[\w-]+$/.test(word) || word.length > LONGEST_WORD) throw damaged();
  try {
    const letters = atob(word.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    const text = await through(bytes, new DecompressionStream(FORMAT));
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(text);
  } catch {
    throw damaged();
  }
}

function damaged(): DamagedProgramError {
  return new DamagedProgramError(
    'The seed program in the link arrived damaged, perhaps cut off at its end. Copy the link again, whole; until then a run begins with the built-in one.',
  );
}

/** All that comes out of a stream when these bytes go in. Rejects when the stream refuses them. */
async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const out = new Blob([bytes]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(out).arrayBuffer());
}
