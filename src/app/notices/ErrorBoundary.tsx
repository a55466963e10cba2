import { Component, type ReactNode } from 'react';
import { again, t } from '../../words/words.ts';

/** Stands in for the page when drawing it failed: better a plain sentence than an empty screen. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { message: string | null }> {
  override state = { message: null };

  static getDerivedStateFromError(error: unknown): { message: string } {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    if (this.state.message === null) return this.props.children;
    return (
      <main className="page-failed" role="alert">
        <h1>{t('The page could not be drawn')}</h1>
        <p>{again(this.state.message)}</p>
        <p>
          {t(
            'The run went on in its own worker, but it can no longer be shown. Reload to start again; the link keeps your settings.',
          )}
        </p>
        <button type="button" className="button button-primary" onClick={() => location.reload()}>
          {t('Reload')}
        </button>
      </main>
    );
  }
}
