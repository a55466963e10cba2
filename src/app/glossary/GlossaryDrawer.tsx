import { Dialog } from 'radix-ui';
import { useRef, useState } from 'react';
import { t } from '../../words/words.ts';
import { moreAbout } from '../about/documents.ts';
import { OutwardLink } from '../about/OutwardLink.tsx';
import { OutwardLinks } from '../about/OutwardLinks.tsx';
import { Code } from '../ui/Code.tsx';
import { Icon } from '../ui/Icon.tsx';
import { glossary } from './glossary.ts';
import { type Block, findTerms } from './parse.ts';
import { Spans } from './Spans.tsx';
import { useGlossary } from './useGlossary.ts';
import '../ui/drawer.css';
import './glossary.css';

/** Every term with a worked example; opens at the term that was asked for. */
export function GlossaryDrawer() {
  const { term, close } = useGlossary();
  const opener = useRef<HTMLElement | null>(null);
  return (
    <Dialog.Root open={term !== null} onOpenChange={(isOpen) => !isOpen && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content
          className="drawer glossary"
          aria-describedby={undefined}
          // A term that was asked for is shown; the field takes the focus only where none was.
          onOpenAutoFocus={(event) => {
            opener.current = document.activeElement as HTMLElement | null;
            if (!term) return;
            event.preventDefault();
            document.getElementById(`term-${term}`)?.focus({ preventScroll: true });
          }}
          onCloseAutoFocus={() => opener.current?.focus()}
        >
          <div className="drawer-head">
            <Dialog.Title>{t('Glossary')}</Dialog.Title>
            <Dialog.Close className="icon-button" aria-label={t('Close')}>
              <Icon name="close" />
            </Dialog.Close>
          </div>
          {term !== null && <Terms key={term} first={term} />}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Terms({ first }: { first: string }) {
  const [wanted, setWanted] = useState('');
  const sections = findTerms(glossary(), wanted);
  return (
    <>
      <div className="glossary-search">
        <input
          type="search"
          aria-label={t('Find a term')}
          placeholder={t('Find a term')}
          value={wanted}
          onChange={(change) => setWanted(change.target.value)}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className="drawer-body" tabIndex={0} aria-label={t('Terms')}>
        {wanted === '' && (
          <>
            {glossary().intro.map(block)}
            <OutwardLinks />
          </>
        )}
        {sections.length === 0 && <p className="muted">{t('No term has these words.')}</p>}
        {sections.map(({ name, terms }) => (
          <section key={name}>
            <h3>{name}</h3>
            {terms.map((term) => (
              <article
                className="glossary-term"
                key={term.id}
                id={`term-${term.id}`}
                data-asked={term.id === first}
                tabIndex={-1}
                ref={term.id === first && wanted === '' ? showTerm : undefined}
              >
                <h4>{term.name}</h4>
                {term.blocks.map(block)}
                <More term={term.id} />
              </article>
            ))}
          </section>
        ))}
      </section>
    </>
  );
}

/** Where a document says more about a term. */
function More({ term }: { term: string }) {
  const more = moreAbout(term);
  return (
    more && (
      <p className="glossary-more">
        {t('More in the documentation:')}{' '}
        <OutwardLink to={more.address}>
          <span translate="no">{more.document}</span>
        </OutwardLink>
      </p>
    )
  );
}

function showTerm(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'start' });
  // While the drawer opens, the focus is still outside, and the drawer must learn where, to give it back.
  const drawer = element?.closest('[role="dialog"]');
  const focused = document.activeElement;
  if (focused === document.body || drawer?.contains(focused)) element?.focus({ preventScroll: true });
}

function block(each: Block, at: number) {
  return each.type === 'code' ? (
    <Code key={at} text={each.text} />
  ) : (
    <p key={at}>
      <Spans spans={each.spans} />
    </p>
  );
}
