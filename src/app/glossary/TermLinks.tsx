import { Popover } from 'radix-ui';
import { t } from '../../words/words.ts';
import { glossary } from './glossary.ts';
import './glossary.css';

/** Links from an explanation in a popover, which they close, to the terms that it uses. */
export function TermLinks({ terms, onAsk }: { terms: readonly string[]; onAsk: (id: string) => void }) {
  const names = new Map(
    glossary().sections.flatMap((section) => section.terms.map(({ id, name }) => [id, name])),
  );
  return (
    <p className="term-links">
      {t('In the glossary:')}{' '}
      {terms.map((id, at) => (
        <span key={id}>
          {at > 0 && ', '}
          <Popover.Close className="term-link" onClick={() => onAsk(id)}>
            {names.get(id) ?? id}
          </Popover.Close>
        </span>
      ))}
    </p>
  );
}
