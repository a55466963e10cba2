/** The small parts every view is made of. */
import { Popover, ToggleGroup } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { SPECS } from '../../tasks/index.ts';
import type { TaskKind, Verdict } from '../../tasks/task.ts';
import { again, t } from '../../words/words.ts';
import { OutwardLink } from '../about/OutwardLink.tsx';
import { percent } from '../format.ts';
import { TermLinks } from '../glossary/TermLinks.tsx';
import { useGlossary } from '../glossary/useGlossary.ts';
import { VERDICT_TEXT } from '../text.ts';
import { Icon, type IconName } from './Icon.tsx';
import './bits.css';

export function KindTag({ kind, short = false }: { kind: TaskKind; short?: boolean }) {
  const { noun: name, short: letters } = SPECS[kind];
  return (
    <span className="kind-tag" data-kind={kind} title={short ? again(name) : undefined}>
      <span className="kind-dot" aria-hidden="true" />
      {short ? (
        <>
          <span aria-hidden="true">{again(letters)}</span>
          <span className="visually-hidden">{again(name)}</span>
        </>
      ) : (
        again(name)
      )}
    </span>
  );
}

/** How often a task is solved: a thin gauge and the number; open when it was never attempted. */
export function SolveGauge({ rate }: { rate: number | null }) {
  return (
    <span className="solve-gauge">
      <span className="solve-track" aria-hidden="true">
        {rate !== null && <span className="solve-fill" style={{ width: `${rate * 100}%` }} />}
      </span>
      <span className="solve-number">{rate === null ? t('new') : percent(rate)}</span>
    </span>
  );
}

export function VerdictMark({ verdict }: { verdict: Verdict }) {
  const { mark, name } = VERDICT_TEXT[verdict];
  return (
    <span className="verdict" data-verdict={verdict} title={again(name)}>
      <span aria-hidden="true">{mark}</span>
      <span className="visually-hidden">{again(name)}</span>
    </span>
  );
}

export function IconButton({
  icon,
  label,
  onClick,
  pressed,
}: {
  icon: IconName;
  label: string;
  onClick: () => void;
  pressed?: boolean;
}) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}

/** A few exclusive choices side by side. */
export function Segmented<T extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: readonly { value: T; text: string; title?: string }[];
  value: T;
  onChange: (value: T) => void;
}) {
  return (
    <ToggleGroup.Root
      type="single"
      className="segmented"
      aria-label={label}
      value={value}
      // Pressing the chosen one again would choose nothing.
      onValueChange={(next) => next && onChange(next as T)}
    >
      {options.map((option) => (
        <ToggleGroup.Item key={option.value} value={option.value} title={option.title}>
          {option.text}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}

/** A small “i” that opens an explanation, with links to the terms of the glossary that it uses. */
export function Info({
  title,
  terms = [],
  more,
  children,
}: {
  title: string;
  terms?: readonly string[];
  /** The address of a document that says more. */
  more?: string;
  children: ReactNode;
}) {
  const openGlossary = useGlossary((glossary) => glossary.open);
  const trigger = useRef<HTMLButtonElement>(null);
  const asked = useRef<string | null>(null);
  // Only when the popover is gone: the glossary gives the focus back to whatever has it when it opens.
  const openAsked = (event: Event) => {
    if (asked.current === null) return;
    event.preventDefault();
    trigger.current?.focus();
    openGlossary(asked.current);
    asked.current = null;
  };
  return (
    <Popover.Root>
      <Popover.Trigger ref={trigger} className="info-button" aria-label={t('About {title}', { title })}>
        <Icon name="info" size={14} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="popover"
          sideOffset={6}
          collisionPadding={12}
          aria-label={title}
          onCloseAutoFocus={openAsked}
        >
          <h3>{title}</h3>
          {children}
          {terms.length > 0 && (
            <TermLinks
              terms={terms}
              onAsk={(id) => {
                asked.current = id;
              }}
            />
          )}
          {more && (
            <p>
              <OutwardLink to={more}>{t('More in the documentation')}</OutwardLink>
            </p>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
