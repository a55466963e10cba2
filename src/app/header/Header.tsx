import { useRun, useShelf } from '../context.tsx';
import { count } from '../format.ts';
import { useGlossary } from '../glossary/useGlossary.ts';
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

export type View = 'lab' | 'buffer' | 'runs' | 'experiments';

export function Header({ view, onView }: { view: View; onView: (view: View) => void }) {
  const tasks = useRun((run) => run.tasks.book.size);
  const runs = useShelf((shelf) => shelf.entries?.length ?? 0);
  const openGlossary = useGlossary((glossary) => glossary.open);
  return (
    <header className="header">
      <div className="brand">
        <Mark />
        <h1>Kelvin</h1>
        <p>{TAGLINE}</p>
      </div>
      <nav className="views" aria-label="Views">
        <button
          type="button"
          aria-current={view === 'lab' ? 'page' : undefined}
          onClick={() => onView('lab')}
        >
          Lab
        </button>
        <button
          type="button"
          aria-current={view === 'buffer' ? 'page' : undefined}
          onClick={() => onView('buffer')}
        >
          Buffer <span className="views-count">{count(tasks)}</span>
        </button>
        <button
          type="button"
          aria-current={view === 'runs' ? 'page' : undefined}
          onClick={() => onView('runs')}
        >
          Runs <span className="views-count">{count(runs)}</span>
        </button>
        <button
          type="button"
          aria-current={view === 'experiments' ? 'page' : undefined}
          onClick={() => onView('experiments')}
        >
          Experiments
        </button>
      </nav>
      <div className="header-tools">
        <PresetPicker />
        <DeviceChip />
        <SeedProgram />
        <SettingsPanel />
        <IconButton icon="book" label="Glossary" onClick={() => openGlossary()} />
        <ExportMenu />
        <CopyLink />
        <ThemeToggle />
      </div>
    </header>
  );
}
