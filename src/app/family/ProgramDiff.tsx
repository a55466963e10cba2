import { again, msg } from '../../words/words.ts';
import { InlineCode } from '../ui/Code.tsx';
import { type DiffLine, lineDiff } from './lineDiff.ts';

const MARK: Record<DiffLine['is'], { sign: string; heard: string }> = {
  same: { sign: ' ', heard: '' },
  removed: { sign: '−', heard: msg('gone: ') },
  added: { sign: '+', heard: msg('new: ') },
};

/** A program with the lines that are new in it, and those of the one before that are gone. */
export function ProgramDiff({ before, after }: { before: string; after: string }) {
  return (
    <pre className="code family-diff">
      {lineDiff(before, after).map(({ text, is }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two programs never change, their lines have no other name
        <span key={at} data-is={is}>
          <span className="family-sign" aria-hidden="true">
            {MARK[is].sign}
          </span>
          {is !== 'same' && <span className="visually-hidden">{again(MARK[is].heard)}</span>}
          <InlineCode text={text || ' '} />
        </span>
      ))}
    </pre>
  );
}
