import { t } from '../../words/words.ts';
import { usePage, useSession } from '../context.tsx';

/** The base that was brought in, where the next start begins from it. */
export function OwnBase() {
  const { session } = usePage();
  const ownBase = useSession((state) => state.ownBase);
  if (!ownBase) return null;
  return (
    <section className="settings-group">
      <h3>{t('Base')}</h3>
      <p>
        {t(
          'The next start begins from “{name}”, which you brought in. Another base or size below takes its place.',
          { name: ownBase.name },
        )}{' '}
        <button
          type="button"
          className="button button-quiet"
          onClick={() => session.setState({ ownBase: null })}
        >
          {t('Leave it')}
        </button>
      </p>
    </section>
  );
}
