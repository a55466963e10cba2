import { TRIES } from '../../run/visit.ts';
import { t } from '../../words/words.ts';
import { percent } from '../format.ts';
import { forgetRounds, type Round, useVersus } from './useVersus.ts';

/** Both on the same tasks: the visitor, the base, and the reasoner as it was when it was asked. */
export function Score() {
  const { rounds } = useVersus();
  if (rounds.length === 0) return null;
  const share = (of: (round: Round) => number) =>
    percent(rounds.reduce((sum, round) => sum + of(round), 0) / rounds.length);
  return (
    <div className="play-score">
      <table>
        <caption>
          {t(
            '{n, plural, one {Right on the same task; of the reasoner the share of {tries} tries each.} other {Right on the same # tasks; of the reasoner the share of {tries} tries each.}}',
            { n: rounds.length, tries: TRIES },
          )}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('you')}</th>
            <th scope="col">{t('before training')}</th>
            <th scope="col">{t('now')}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td>{share(({ you }) => Number(you))}</td>
            <td>{share(({ base }) => base)}</td>
            <td>{share(({ now }) => now)}</td>
          </tr>
        </tbody>
      </table>
      <button type="button" className="button button-quiet" onClick={forgetRounds}>
        {t('Begin the score anew')}
      </button>
    </div>
  );
}
