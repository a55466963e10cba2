/** A response beside the interpreter's, cut into the lines that the page shows. */
import type { TracedResponse } from '../../watch/events.ts';
import { responseParts } from '../ui/responseText.ts';

export interface TracedLine {
  /** Of an executed line its number, of the answer `answer`, of what comes before the first line null. */
  head: number | 'answer' | null;
  /** Right, then the first wrong step, then what follows from it; any of them may be missing. */
  pieces: { text: string; is: 'right' | 'wrong' | 'after' }[];
}

const BEHIND = ['right', 'wrong', 'after'] as const;

/** Every executed line of the thought on a line of its own, and the answer on the last. */
export function tracedLines({ parts }: Pick<TracedResponse, 'parts'>): TracedLine[] {
  const lines: TracedLine[] = [];
  parts.forEach((text, at) => {
    const is = BEHIND[at] as TracedLine['pieces'][number]['is'];
    for (const part of responseParts(text)) {
      if (part.type === 'label') lines.push({ head: part.line, pieces: [{ text: '', is }] });
      else if (part.type === 'marker') {
        if (part.name === 'ans') lines.push({ head: 'answer', pieces: [{ text: '', is }] });
      } else {
        if (lines.length === 0) lines.push({ head: null, pieces: [] });
        const { pieces } = lines.at(-1) as TracedLine;
        const last = pieces.at(-1);
        if (last?.is === is) last.text += part.text;
        else pieces.push({ text: part.text, is });
      }
    }
  });
  return lines;
}
