import { Popover } from 'radix-ui';
import { GLOSSARY } from './glossary.ts';
import { useGlossary } from './useGlossary.ts';
import './glossary.css';

const NAMES = new Map(GLOSSARY.sections.flatMap(({ terms }) => terms.map(({ id, name }) => [id, name])));

/** Links from an explanation in a popover, which they close, to the terms that it uses. */
export function TermLinks({ terms }: { terms: readonly string[] }) {
  const { open } = useGlossary();
  return (
    <p className="term-links">
      In the glossary:{' '}
      {terms.map((id, at) => (
        <span key={id}>
          {at > 0 && ', '}
          <Popover.Close className="term-link" onClick={() => open(id)}>
            {NAMES.get(id) ?? id}
          </Popover.Close>
        </span>
      ))}
    </p>
  );
}
