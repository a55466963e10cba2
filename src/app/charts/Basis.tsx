import { type ConfigKey, HYPERPARAMETERS } from '../../config/hyperparameters.ts';
import { again, t } from '../../words/words.ts';
import { SETTINGS_DOCUMENT } from '../about/documents.ts';
import { OutwardLink } from '../about/OutwardLink.tsx';
import { useRun, useSession } from '../context.tsx';

/** In the list of an explanation: how what is drawn is reckoned, and the settings that move it with their values now. */
export function Basis({ formulas, keys }: { formulas: readonly string[]; keys: readonly ConfigKey[] }) {
  const chosen = useSession(({ config }) => config);
  const config = useRun((run) => run.config) ?? chosen;
  const settings = HYPERPARAMETERS.filter(({ key }) => keys.includes(key));
  return (
    <>
      <dt>{t('Formula')}</dt>
      {formulas.map((formula) => (
        <dd key={formula} className="basis-formula">
          {again(formula)}
        </dd>
      ))}
      <dt>{t('Depends on')}</dt>
      <dd>
        <ul className="basis-settings">
          {settings.map(({ key, label, group }) => (
            <li key={key} title={again(group)}>
              <span>{again(label)}</span> <strong>{written(config[key])}</strong>
            </li>
          ))}
        </ul>
        <OutwardLink to={SETTINGS_DOCUMENT}>{t('Every setting in the documentation')}</OutwardLink>
      </dd>
    </>
  );
}

function written(value: string | number | boolean): string {
  return typeof value === 'boolean' ? (value ? t('on') : t('off')) : String(value);
}
