import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { LANGUAGES, type Language, nameOf } from '../../words/languages.ts';
import { spoken, t } from '../../words/words.ts';
import { usePage } from '../context.tsx';
import { Icon } from '../ui/Icon.tsx';
import { storeLanguage } from './choose.ts';
import { setLanguage } from './Spoken.tsx';

/** Has the page speak another language, by its name in itself. */
export function LanguageMenu() {
  const { address } = usePage();
  const [problem, setProblem] = useState('');
  const choose = async (language: Language) => {
    try {
      await setLanguage(language);
      storeLanguage(language);
      address.speak(language);
    } catch {
      setProblem(t('This language could not be fetched: look at the connection and try again.'));
    }
  };
  return (
    <span className="copy-link">
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger className="icon-button" aria-label={t('Language')} title={t('Language')}>
          <Icon name="language" />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="preset-list" sideOffset={6} align="end">
            {LANGUAGES.map((language) => (
              <DropdownMenu.Item
                key={language}
                lang={language}
                className="preset-item"
                aria-current={language === spoken() || undefined}
                onSelect={() => void choose(language)}
              >
                <strong translate="no">{nameOf(language)}</strong>
              </DropdownMenu.Item>
            ))}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <span role="status" className={problem ? 'toast' : 'visually-hidden'}>
        {problem}
      </span>
    </span>
  );
}
