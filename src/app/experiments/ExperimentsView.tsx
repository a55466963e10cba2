import { useState } from 'react';
import { EXPERIMENTS } from '../../experiments/definitions.ts';
import { ExperimentPanel } from './ExperimentPanel.tsx';
import { useExperimentIndex } from './results.ts';
import { SideBySide } from './SideBySide.tsx';
import './experiments.css';

const COMPARE = 'compare';

/** The lab's experiments: what they ask, what came out, and the means to repeat them here. */
export default function ExperimentsView() {
  const [chosen, setChosen] = useState<string>(EXPERIMENTS[0]?.name ?? COMPARE);
  const index = useExperimentIndex();
  const shipped = index.state === 'ready' ? index.value.experiments : [];
  const experiment = EXPERIMENTS.find(({ name }) => name === chosen);
  return (
    <div className="experiments">
      <nav className="panel experiments-list" aria-label="Experiments">
        <ul>
          {EXPERIMENTS.map(({ name, title, question }) => (
            <li key={name}>
              <button
                type="button"
                aria-current={chosen === name ? 'true' : undefined}
                onClick={() => setChosen(name)}
              >
                <strong>{title}</strong>
                <span>{question}</span>
              </button>
            </li>
          ))}
          <li>
            <button
              type="button"
              aria-current={chosen === COMPARE ? 'true' : undefined}
              onClick={() => setChosen(COMPARE)}
            >
              <strong>Side by side</strong>
              <span>Any two runs: their curves, and where their configurations differ.</span>
            </button>
          </li>
        </ul>
      </nav>
      {experiment ? (
        <ExperimentPanel
          key={experiment.name}
          experiment={experiment}
          levels={shipped.filter(({ name }) => name === experiment.name).map(({ level }) => level)}
          index={index}
        />
      ) : (
        <SideBySide files={shipped.map(({ file }) => file)} />
      )}
    </div>
  );
}
