import { useState } from 'react';
import type { Choice, Inside } from '../../run/visit.ts';
import { again, msg, t } from '../../words/words.ts';
import { percent } from '../format.ts';
import { Drawer } from '../ui/Drawer.tsx';
import { useInside } from './useInside.ts';
import './inside.css';

/** One try token by token: what else it might have written there, before training and now. */
export function InsideDrawer() {
  const { looked, inside, problem } = useInside();
  return (
    <Drawer
      title={t('Inside one try')}
      isOpen={looked !== null}
      onClose={() => useInside.setState({ looked: null, inside: null, problem: '' })}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className="drawer-body" tabIndex={0} aria-label={t('Inside one try')}>
        {problem ? (
          <p role="alert" className="play-problem">
            {again(problem)}
          </p>
        ) : inside ? (
          <Tokens key={looked?.tried.response} inside={inside} />
        ) : (
          <p role="status" className="muted">
            {t('Asking what else it might have written, as soon as it is free.')}
          </p>
        )}
      </section>
    </Drawer>
  );
}

function Tokens({ inside: { steps, parts, step } }: { inside: Inside }) {
  const [chosen, setChosen] = useState(parts ?? 0);
  const at = steps[chosen];
  return (
    <>
      <p>
        {whereTheyPart(step, parts)} {t('Press a token for its alternatives.')}
      </p>
      <ol className="inside-tokens">
        {steps.map(({ text, base, now }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a token is its place
          <li key={index}>
            <button
              type="button"
              aria-pressed={index === chosen}
              data-parts={now !== null && now[0]?.text !== base[0]?.text}
              onClick={() => setChosen(index)}
            >
              {shown(text)}
            </button>
          </li>
        ))}
      </ol>
      {at && (
        <>
          <h3>
            {t('Token {n} of {all}:', { n: chosen + 1, all: steps.length })} <code>{shown(at.text)}</code>
          </h3>
          <div className="inside-choices">
            <Choices
              title={step === 0 ? t('The base') : t('Before training')}
              choices={at.base}
              written={at.text}
            />
            {at.now && (
              <Choices title={t('Now, after step {step}', { step })} choices={at.now} written={at.text} />
            )}
          </div>
          <p className="muted">
            {t(
              'Probabilities at temperature 1 of what it drew in 48 draws and of the likeliest; what is rarer than that is not listed.',
            )}
          </p>
        </>
      )}
    </>
  );
}

function Choices({
  title,
  choices,
  written,
}: {
  title: string;
  choices: readonly Choice[];
  written: string;
}) {
  return (
    <table>
      <caption>{title}</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{t('token')}</th>
          <th scope="col">{t('probability')}</th>
        </tr>
      </thead>
      <tbody>
        {choices.map(({ text, probability }) => (
          <tr key={text} data-written={text === written}>
            <td className="mono">{shown(text)}</td>
            <td>
              <span className="inside-bar" aria-hidden="true" style={{ width: `${probability * 60}%` }} />{' '}
              {percent(probability)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function whereTheyPart(step: number, parts: number | null): string {
  if (step === 0) return t('The reasoner is the base still: there is nothing yet to compare it with.');
  return parts === null
    ? t('At every token of this try the base and the reasoner of now hold the same one for the likeliest.')
    : t(
        'They part at token {n}: there the reasoner of now would go on otherwise than the base. Such tokens are underlined.',
        { n: parts + 1 },
      );
}

const MARKERS: Readonly<Record<string, string>> = {
  '<think>': msg('thinks'),
  '<ans>': msg('answers'),
  '<eos>': msg('ends'),
};

/** A token for people: line labels and marks in words. */
function shown(text: string): string {
  const line = /^<(\d+)>$/.exec(text)?.[1];
  if (line !== undefined) return t('line {line}', { line });
  const marker = MARKERS[text];
  return marker === undefined ? text : again(marker);
}
