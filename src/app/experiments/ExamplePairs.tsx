import type { BeforeAfter, ExperimentResult } from '../../experiments/results.ts';
import { t } from '../../words/words.ts';
import { Rich } from '../language/Rich.tsx';
import { KindTag, VerdictMark } from '../ui/Bits.tsx';
import { Code } from '../ui/Code.tsx';
import { Response } from '../ui/Response.tsx';

/** The same held-out questions before the first step and after the last. */
export function ExamplePairs({ result }: { result: ExperimentResult }) {
  const examples = result.arms
    .flatMap(({ seeds }) => seeds.flatMap((seed) => seed.examples ?? []))
    .slice(0, 9);
  if (examples.length === 0) return null;
  return (
    <section className="panel examples" aria-labelledby="examples-title">
      <div className="chart-title">
        <h3 id="examples-title">{t('The same questions, before and after')}</h3>
        <p>{t('Greedy answers to held-out tasks of the first seed.')}</p>
      </div>
      <ul>
        {examples.map((example) => (
          <li key={`${example.kind} ${example.question}`}>
            <Pair example={example} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Pair({ example }: { example: BeforeAfter }) {
  const { kind, tier, question, expected, before, after } = example;
  return (
    <article className="example">
      <div className="example-question">
        <p>
          <KindTag kind={kind} /> {t('difficulty {tier}', { tier })}
        </p>
        <Code text={question} />
        <p className="muted">
          <Rich
            text="wanted: <code>{answer}</code>"
            parts={{ code: <code /> }}
            values={{ answer: expected }}
          />
        </p>
      </div>
      {(
        [
          [t('Before'), before],
          [t('After'), after],
        ] as const
      ).map(([when, { response, verdict }]) => (
        <div className="example-answer" key={when}>
          <p>
            <VerdictMark verdict={verdict} /> {when}
          </p>
          <Response text={response} />
        </div>
      ))}
    </article>
  );
}
