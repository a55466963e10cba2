import { again, t } from '../../words/words.ts';
import { About } from '../about/About.tsx';
import type { View } from '../address/place.ts';
import { useHere, usePage, useRun, useShelf } from '../context.tsx';
import { count } from '../format.ts';
import { useGlossary } from '../glossary/useGlossary.ts';
import { LanguageMenu } from '../language/LanguageMenu.tsx';
import { SeedProgram } from '../settings/SeedProgram.tsx';
import { SettingsPanel } from '../settings/SettingsPanel.tsx';
import { TAGLINE } from '../text.ts';
import { IconButton } from '../ui/Bits.tsx';
import { Mark } from '../ui/Icon.tsx';
import { CopyLink } from './CopyLink.tsx';
import { DeviceChip } from './DeviceChip.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { PresetPicker } from './PresetPicker.tsx';
import { ThemeToggle } from './ThemeToggle.tsx';
import './header.css';

export function Header() {
  const { address } = usePage();
  const view = useHere((here) => here.view);
  const onView = (to: View) => address.go({ view: to });
  const tasks = useRun((run) => run.tasks.book.size);
  const runs = useShelf((shelf) => shelf.entries?.length ?? 0);
  const openGlossary = useGlossary((glossary) => glossary.open);
  return (
    <header className="header">
      <div className="brand">
        <Mark />
        <h1 translate="no">Kelvin</h1>
        <About />
        <p>{again(TAGLINE)}</p>
      </div>
      <nav className="views" aria-label={t('Views')}>
        <button
          type="button"
          aria-current={view === 'lab' ? 'page' : undefined}
          onClick={() => onView('lab')}
        >
          {t('Lab')}
        </button>
        <button
          type="button"
          aria-current={view === 'buffer' || view === 'family' ? 'page' : undefined}
          onClick={() => onView('buffer')}
        >
          {t('Buffer')} <span className="views-count">{count(tasks)}</span>
        </button>
        <button
          type="button"
          aria-current={view === 'play' ? 'page' : undefined}
          onClick={() => onView('play')}
        >
          {t('Play')}
        </button>
        <button
          type="button"
          aria-current={view === 'runs' ? 'page' : undefined}
          onClick={() => onView('runs')}
        >
          {t('Runs')} <span className="views-count">{count(runs)}</span>
        </button>
        <button
          type="button"
          aria-current={view === 'experiments' ? 'page' : undefined}
          onClick={() => onView('experiments')}
        >
          {t('Experiments')}
        </button>
        <button
          type="button"
          aria-current={view === 'lessons' ? 'page' : undefined}
          onClick={() => onView('lessons')}
        >
          {t('Lessons')}
        </button>
      </nav>
      <div className="header-tools">
        <PresetPicker />
        <DeviceChip />
        <SeedProgram />
        <SettingsPanel />
        <IconButton icon="book" label={t('Glossary')} onClick={() => openGlossary()} />
        <ExportMenu />
        <CopyLink />
        <LanguageMenu />
        <ThemeToggle />
      </div>
    </header>
  );
}
