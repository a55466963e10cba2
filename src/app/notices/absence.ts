import { t } from '../../words/words.ts';

/** Shorter absences change nothing that the charts show. */
const NOTABLE_SECONDS = 20;

/** What of the document the watch needs; tests bring their own. */
type Page = Pick<Document, 'hidden' | 'addEventListener' | 'removeEventListener'>;

/**
 * Tells `report`, in words, how long the tab was out of sight while a run was under way. Asked at both ends of
 * the absence, so that a run which began or ended meanwhile counts too. Returns how to stop watching.
 */
export function watchAbsence(
  page: Page,
  isWorking: () => boolean,
  report: (howLong: string) => void,
): () => void {
  let left: { at: number; wasWorking: boolean } | null = null;
  const change = () => {
    if (page.hidden) left ??= { at: performance.now(), wasWorking: isWorking() };
    else if (left) {
      const seconds = (performance.now() - left.at) / 1000;
      if (seconds >= NOTABLE_SECONDS && (left.wasWorking || isWorking())) report(howLong(seconds));
      left = null;
    }
  };
  page.addEventListener('visibilitychange', change);
  return () => page.removeEventListener('visibilitychange', change);
}

/** 42 → "for about 40 s". */
function howLong(seconds: number): string {
  return seconds < 90
    ? t('for about {seconds} s', { seconds: Math.round(seconds / 5) * 5 })
    : t('for about {minutes} min', { minutes: Math.round(seconds / 60) });
}
