import { Component, type ComponentType, lazy, type ReactNode, Suspense, useReducer, useState } from 'react';
import { again, t } from '../../words/words.ts';

/** Words for a part of the page that is fetched when it is opened, each to be said `again`. */
interface PartTexts {
  /** It did not come: `The experiments could not be loaded`. */
  missing: string;
  /** It came, but cannot be shown. */
  broken: string;
  /** While it comes. */
  waiting: string;
}

/** A part of the page that is fetched when it is opened, with properties `P`. */
export class LazyPart<P extends object> {
  private hasFailed = false;
  private attempt = 0;
  private readonly missingStyles = new Set<HTMLLinkElement>();
  private loaded = this.open();

  constructor(
    private readonly load: () => Promise<{ default: ComponentType<P> }>,
    readonly texts: PartTexts,
  ) {}

  /** What draws it; the same until it is opened again. */
  get component(): ComponentType<P> {
    return this.loaded as unknown as ComponentType<P>;
  }

  /** Where it has failed, the next to draw it tries again: React remembers a failure of a component for good. */
  openAgain(): void {
    if (!this.hasFailed) return;
    this.hasFailed = false;
    this.attempt++;
    this.loaded = this.open();
  }

  private open() {
    return lazy(async () => {
      try {
        await bringStyles(this.missingStyles, this.attempt);
        return await notingStyles(this.missingStyles, this.load);
      } catch {
        this.hasFailed = true;
        throw new MissingPart();
      }
    });
  }
}

/**
 * Draws a lazy part. Where it does not come, or cannot be drawn, that is said in its place with a button to try again,
 * and the rest of the page goes on.
 */
export function Part<P extends object>({ of, props }: { of: LazyPart<P>; props: P }) {
  const [attempt, tryAgain] = useReducer((count: number) => count + 1, 0);
  useState(() => of.openAgain());
  const retry = () => {
    of.openAgain();
    tryAgain();
  };
  const Loaded = of.component;
  return (
    <PartBoundary key={attempt} texts={of.texts} onRetry={retry}>
      <Suspense fallback={<p role="status">{again(of.texts.waiting)}</p>}>
        <Loaded {...props} />
      </Suspense>
    </PartBoundary>
  );
}

/** It did not come: the network failed, or the server has another version by now. */
class MissingPart extends Error {}

interface BoundaryProps {
  texts: PartTexts;
  onRetry: () => void;
  children: ReactNode;
}

class PartBoundary extends Component<BoundaryProps, { error: unknown; hasFailed: boolean }> {
  override state = { error: null, hasFailed: false };

  static getDerivedStateFromError(error: unknown) {
    return { error, hasFailed: true };
  }

  override render(): ReactNode {
    const { texts, onRetry, children } = this.props;
    const error: unknown = this.state.error;
    if (!this.state.hasFailed) return children;
    const isMissing = error instanceof MissingPart;
    return (
      <section className="panel part-failed" role="alert">
        <h2>{again(isMissing ? texts.missing : texts.broken)}</h2>
        <p>
          {t('Nothing else has stopped.')}{' '}
          {isMissing
            ? t('Check the connection and try again.')
            : again(error instanceof Error ? error.message : String(error))}
        </p>
        <button type="button" className="button button-primary" onClick={onRetry}>
          {t('Retry')}
        </button>
      </section>
    );
  }
}

/** Calls `load` and adds the style sheets that do not come meanwhile to `missing`. */
async function notingStyles<T>(missing: Set<HTMLLinkElement>, load: () => Promise<T>): Promise<T> {
  const note = ({ target }: Event) => {
    if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') missing.add(target);
  };
  document.addEventListener('error', note, true);
  try {
    return await load();
  } finally {
    document.removeEventListener('error', note, true);
  }
}

/**
 * Brings style sheets that did not come: Vite asks for each once, and takes it for loaded from then on. Those that came
 * leave `missing`. Rejects when one does not come again.
 */
async function bringStyles(missing: Set<HTMLLinkElement>, attempt: number): Promise<void> {
  const bring = async (link: HTMLLinkElement) => {
    const anew = link.cloneNode() as HTMLLinkElement;
    // Under its own address the browser would hand out the failure that it remembers.
    anew.href = `${link.href}?attempt=${attempt}`;
    const came = new Promise((resolve, reject) => {
      anew.onload = resolve;
      anew.onerror = reject;
    });
    link.after(anew);
    await came.catch((error: unknown) => {
      anew.remove();
      throw error;
    });
    missing.delete(link);
    link.remove();
  };
  await Promise.all([...missing].map(bring));
}
