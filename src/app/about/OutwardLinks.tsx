import { t } from '../../words/words.ts';
import { DOCUMENTS, LICENCE, PAPER, RESULTS_DOCUMENT, SOURCE } from './documents.ts';
import { OutwardLink } from './OutwardLink.tsx';
import './about.css';

/** The paper, the documents and the source, each with what one finds there. */
export function OutwardLinks() {
  return (
    <dl className="outward-links">
      <dt>
        <OutwardLink to={PAPER}>{t('The paper')}</OutwardLink>
      </dt>
      <dd>
        {t('{title}, by Zhao and others, 2025: the method that is practised here', {
          title: '“Absolute Zero: Reinforced Self-play Reasoning with Zero Data”',
        })}
      </dd>
      <dt>
        <OutwardLink to={DOCUMENTS}>{t('Documentation')}</OutwardLink>
      </dt>
      <dd>
        {t('what is claimed and what is not, how it works, every setting; in English, also offline')} (
        <OutwardLink to={RESULTS_DOCUMENT}>{t('results')}</OutwardLink>)
      </dd>
      <dt>
        <OutwardLink to={SOURCE}>{t('Source code')}</OutwardLink>
      </dt>
      <dd>
        {t('of this very page, as a zip')} (<OutwardLink to={LICENCE}>{t('MIT licence')}</OutwardLink>)
      </dd>
    </dl>
  );
}
