import { t } from '../../words/words.ts';
import { useOffline, usePage, useRun } from '../context.tsx';

/** A newer version waits for a yes: nobody's open page is changed under them. */
export function UpdateNotice() {
  const { offline } = usePage();
  const isBlocked = useOffline(({ update }) => update === 'other-pages');
  const hasRun = useRun(({ state }) => state !== 'idle');
  return (
    <div className="notice">
      <p>
        <strong>{t('A new version of Kelvin is here.')}</strong>{' '}
        {isBlocked
          ? t('Kelvin is open in another tab, which needs this version: close it there, then update.')
          : hasRun
            ? t('To update reloads the page; go on with your run under Runs then.')
            : t('To update reloads the page.')}
      </p>
      <button type="button" className="button" onClick={() => void offline.update()}>
        {t('Update')}
      </button>
      <button type="button" className="button button-quiet" onClick={() => offline.later()}>
        {t('Later')}
      </button>
    </div>
  );
}
