import { CAUSE_TEXT } from '../../benchmark/errors.ts';
import type { TracedResponse } from '../../watch/events.ts';
import { again, t } from '../../words/words.ts';
import { Rich } from '../language/Rich.tsx';
import { VerdictMark } from '../ui/Bits.tsx';
import { tracedLines } from './tracedLines.ts';
import './traced.css';

/** A response line by line, with its first wrong step marked and what Python does there. */
export function Traced({ response }: { response: TracedResponse }) {
  const { cause, expected } = response;
  return (
    <>
      <p className="traced-verdict">
        <VerdictMark verdict={cause === null ? 'correct' : 'wrong'} />{' '}
        {cause === null ? (
          isThinking(response) ? (
            t('right')
          ) : (
            t('right, without a thought')
          )
        ) : (
          <span>
            <strong>{again(CAUSE_TEXT[cause])}</strong>
            {cause !== 'at-once' && cause !== 'room' && expected !== '' && (
              <span className="muted">
                ; <ExpectedStep text={expected} />
              </span>
            )}
          </span>
        )}
      </p>
      <ol className="traced">
        {tracedLines(response).map(({ head, pieces }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a response never changes, its lines have no other name
          <li key={at} data-answer={head === 'answer'}>
            <span className="traced-head">{head === 'answer' ? t('answers') : head}</span>
            <span>
              {pieces.map(({ text, is }) =>
                is === 'wrong' ? (
                  <mark key={is}>
                    <span className="visually-hidden">{t('first wrong step:')} </span>
                    {text || t('(this line)')}
                  </mark>
                ) : (
                  <span key={is} data-is={is}>
                    {text}
                  </span>
                ),
              )}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

function isThinking({ parts }: TracedResponse): boolean {
  return parts[0].startsWith('<think>');
}

/** The interpreter's step on one line: `Python’s next step is line 2: 9 - 4 = 5`. */
function ExpectedStep({ text }: { text: string }) {
  const [line] = tracedLines({ parts: [text, '', ''] });
  const step = line?.pieces.map((piece) => piece.text).join('') ?? '';
  const parts = { code: <code /> };
  if (line?.head === 'answer')
    return (
      <Rich text="Python’s next step is the answer <code>{step}</code>" parts={parts} values={{ step }} />
    );
  const values = { step: step.replace(/;$/, ''), line: line?.head ?? '' };
  return values.line === '' ? (
    <Rich text="Python’s next step is <code>{step}</code>" parts={parts} values={values} />
  ) : (
    <Rich text="Python’s next step is line {line}: <code>{step}</code>" parts={parts} values={values} />
  );
}
