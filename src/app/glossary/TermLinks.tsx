import { Popover } from 'radix-ui';
import { GLOSSARY } from './glossary.ts';
import './glossary.css';

const NAMES = new Map(GLOSSARY.sections.flatMap(({ terms }) => terms.map(({ id, name }) => [id, name])));

/** Links from an explanation in a popover, which they close, to the terms that it uses. */
export function TermLinks({ terms, onAsk }: { terms: readonly string[]; onAsk: (id: string) => void }) {
  return (
    <p className="term-links">
      In the glossary:{' '}
      {terms.map((id, at) => (
        <span key={id}>
          {at > 0 && ', '}
          <Popover.Close className="term-link" onClick={() => onAsk(id)}>
            {NAMES.get(id) ?? id}
          </Popover.Close>
        </span>
      ))}
    </p>
  );
}
