import { CAUSE_TEXT } from '../../benchmark/errors.ts';
import type { PlayedTask, Tried, Tries, Try } from '../../run/visit.ts';
import { again, t } from '../../words/words.ts';
import { Traced } from '../ladder/Traced.tsx';
import { VERDICT_TEXT } from '../text.ts';
import { SolveGauge, VerdictMark } from '../ui/Bits.tsx';
import { Response } from '../ui/Response.tsx';
import { splitSolution } from '../ui/responseText.ts';
import { LookInside } from './LookInside.tsx';

/** The tries at one task: of the base and, once it has learned, of the reasoner beside it. */
export function TryColumns({ task, tries: { base, now } }: { task: PlayedTask; tries: Tries }) {
  return (
    <div className="play-tries" data-both={now !== null}>
      <TryColumn
        title={now ? t('Before training') : t('The base, before any training')}
        tried={base}
        task={task}
      />
      {now && <TryColumn title={t('Now, after step {step}', { step: now.step })} tried={now} task={task} />}
    </div>
  );
}

function TryColumn({ title, task, tried }: { title: string; task: PlayedTask; tried: Tried }) {
  return (
    <div>
      <h3>
        {title} <SolveGauge rate={tried.solveRate} />
      </h3>
      <ol className="try-list">
        {tried.tries.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: tries have no other name
          <li key={at}>
            <details>
              <summary>
                <VerdictMark verdict={one.verdict} />
                <span className="try-answer mono">{answerIn(one.response)}</span>
                <span className="muted">
                  {again(VERDICT_TEXT[one.verdict].name)}, {howWritten(one)}
                </span>
              </summary>
              {one.traced?.cause ? <Traced response={one.traced} /> : <Response text={one.response} />}
              <LookInside task={task} tried={one} />
            </details>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** What it answers, on one line. */
function answerIn(response: string): string {
  return splitSolution(response).answer.replace(/<\d+>\s*/g, ' ⏎ ') || t('(no answer)');
}

/** What it did wrong first, where that can be told; else whether it thought. */
function howWritten({ thinks, traced }: Try): string {
  if (!thinks) return t('at once');
  return traced?.cause ? t('first {cause}', { cause: again(CAUSE_TEXT[traced.cause]) }) : t('thinks first');
}
