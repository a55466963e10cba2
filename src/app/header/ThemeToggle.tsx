import { useEffect, useLayoutEffect, useState } from 'react';
import { t } from '../../words/words.ts';
import { IconButton } from '../ui/Bits.tsx';
import { THEME_KEY } from './themeKey.ts';

type Theme = 'light' | 'dark';

/** Follows the system until the reader chooses. */
export function ThemeToggle() {
  const [chosen, setChosen] = useState<Theme | null>(readChosen);
  const [system, setSystem] = useState<Theme>(readSystem);

  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const follow = () => setSystem(readSystem());
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);

  useLayoutEffect(() => {
    if (chosen) document.documentElement.dataset.theme = chosen;
    else delete document.documentElement.dataset.theme;
  }, [chosen]);

  const theme = chosen ?? system;
  const other: Theme = theme === 'dark' ? 'light' : 'dark';
  const toggle = () => {
    setChosen(other);
    try {
      localStorage.setItem(THEME_KEY, other);
    } catch {
      // Storage may be closed to the page; the choice then lasts as long as the page.
    }
  };
  return (
    <IconButton
      icon={theme === 'dark' ? 'sun' : 'moon'}
      label={other === 'light' ? t('Use light colours') : t('Use dark colours')}
      onClick={toggle}
    />
  );
}

function readChosen(): Theme | null {
  try {
    const value = localStorage.getItem(THEME_KEY);
    return value === 'light' || value === 'dark' ? value : null;
  } catch {
    return null;
  }
}

function readSystem(): Theme {
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
