import { CAUSE_TEXT } from '../../benchmark/errors.ts';
import type { TracedResponse } from '../../watch/events.ts';
import { useRun } from '../context.tsx';
import { VerdictMark } from '../ui/Bits.tsx';
import { Code } from '../ui/Code.tsx';
import { Drawer } from '../ui/Drawer.tsx';
import { linesText } from './rungs.ts';
import { tracedLines } from './tracedLines.ts';

/** One held-out program of a length: the base's thought with its first wrong step marked, and today's. */
export function LadderDrawer({ tier, onClose }: { tier: number | null; onClose: () => void }) {
  const ladder = useRun((run) => run.ladder);
  const example = ladder?.examples.find((one) => one.tier === tier);
  const title = example && `A held-out program of ${linesText(example.tier)} lines`;
  return (
    <Drawer title={title} isOpen={example !== undefined} onClose={onClose}>
      {example && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        <section className="drawer-body" tabIndex={0} aria-label="Example">
          <div className="details-code">
            <Code text={example.program} numbered />
          </div>
          <dl className="details-io">
            <dt>input</dt>
            <dd className="mono">{example.input}</dd>
            <dt>output</dt>
            <dd className="mono">{example.output}</dd>
          </dl>
          <h3>The base, told to think</h3>
          <Traced response={example.base} />
          {example.now && (
            <>
              <h3>The reasoner after step {ladder?.step}</h3>
              <Traced response={example.now} />
            </>
          )}
          <p className="muted ladder-note">
            {example.now
              ? 'Never trained on. Chosen because the base gets it wrong and, where there is such a program, the reasoner of today gets it right.'
              : 'Never trained on. Chosen because the base gets it wrong, where there is such a program. The reasoner has not been asked yet: its thought is shown after the first evaluation.'}
          </p>
        </section>
      )}
    </Drawer>
  );
}

function Traced({ response }: { response: TracedResponse }) {
  const { cause, expected } = response;
  return (
    <>
      <p className="traced-verdict">
        <VerdictMark verdict={cause === null ? 'correct' : 'wrong'} />{' '}
        {cause === null ? (
          isThinking(response) ? (
            'right'
          ) : (
            'right, without a thought'
          )
        ) : (
          <span>
            <strong>{CAUSE_TEXT[cause]}</strong>
            {cause !== 'at-once' && cause !== 'room' && expected !== '' && (
              <span className="muted">
                ; Python’s next step is <ExpectedStep text={expected} />
              </span>
            )}
          </span>
        )}
      </p>
      <ol className="traced">
        {tracedLines(response).map(({ head, pieces }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a response never changes, its lines have no other name
          <li key={at} data-answer={head === 'answer'}>
            <span className="traced-head">{head === 'answer' ? 'answers' : head}</span>
            <span>
              {pieces.map(({ text, is }) =>
                is === 'wrong' ? (
                  <mark key={is}>
                    <span className="visually-hidden">first wrong step: </span>
                    {text || '(this line)'}
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

/** The interpreter's step on one line: `line 2: 9 - 4 = 5`. */
function ExpectedStep({ text }: { text: string }) {
  const [line] = tracedLines({ parts: [text, '', ''] });
  const step = line?.pieces.map((piece) => piece.text).join('') ?? '';
  if (line?.head === 'answer')
    return (
      <>
        the answer <code>{step}</code>
      </>
    );
  return (
    <>
      {line?.head !== null && `line ${line?.head}: `}
      <code>{step.replace(/;$/, '')}</code>
    </>
  );
}
