/** A file line by line, as it is read: files may be larger than memory. */
import { createReadStream } from 'node:fs';

/** Lines with the bytes read so far. Only `\n` ends one: JSON strings may hold the other separators. */
export async function* readLines(path: string): AsyncGenerator<{ text: string; bytes: number }> {
  const stream = createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 18 });
  let rest: string[] = [];
  let first = true;
  const line = (end: string) => {
    const text = rest.length === 0 ? end : rest.join('') + end;
    rest = [];
    const isFirst = first;
    first = false;
    return isFirst ? text.replace(/^\uFEFF/, '') : text;
  };
  for await (const chunk of stream as AsyncIterable<string>) {
    const pieces = chunk.split('\n');
    const last = pieces.pop() as string;
    for (const piece of pieces) yield { text: line(piece), bytes: stream.bytesRead };
    rest.push(last);
  }
  const text = line('');
  if (text !== '') yield { text, bytes: stream.bytesRead };
}
