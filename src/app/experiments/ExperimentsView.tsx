import { EXPERIMENTS } from '../../experiments/definitions.ts';
import { useHere, usePage } from '../context.tsx';
import { Compare } from './Compare.tsx';
import { ExperimentPanel } from './ExperimentPanel.tsx';
import { useExperimentIndex } from './results.ts';
import './experiments.css';
import { again, t } from '../../words/words.ts';

const COMPARE = 'compare';

/** The lab's experiments: what they ask, what came out, and the means to repeat them here. */
export default function ExperimentsView() {
  const { address } = usePage();
  const chosen = useHere((here) => here.experiment) ?? EXPERIMENTS[0]?.name ?? COMPARE;
  const choose = (name: string) => address.go({ experiment: name });
  const index = useExperimentIndex();
  const shipped = index.state === 'ready' ? index.value.experiments : [];
  // Of several levels that of the first, as its panel begins with it.
  const answers = new Map([...shipped].reverse().map(({ name, answer }) => [name, answer]));
  const experiment = EXPERIMENTS.find(({ name }) => name === chosen);
  return (
    <div className="experiments">
      <nav className="panel experiments-list" aria-label={t('Experiments')}>
        <ul>
          {EXPERIMENTS.map(({ name, title, question }) => (
            <li key={name}>
              <button
                type="button"
                aria-current={chosen === name ? 'true' : undefined}
                onClick={() => choose(name)}
              >
                <strong>{again(title)}</strong>
                <span>{again(question)}</span>
                {answers.has(name) && (
                  <span className="experiments-answer" title={again(answers.get(name) ?? '')}>
                    {again(answers.get(name) ?? '')}
                  </span>
                )}
              </button>
            </li>
          ))}
          <li>
            <button
              type="button"
              aria-current={chosen === COMPARE ? 'true' : undefined}
              onClick={() => choose(COMPARE)}
            >
              <strong>{t('Compare')}</strong>
              <span>{t('Any runs: their curves, and where their configurations differ.')}</span>
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
      ) : chosen === COMPARE ? (
        <Compare files={shipped.map(({ file }) => file)} />
      ) : (
        <p className="panel experiment-absent">
          {t(
            'There is no experiment of the name “{name}”, which the address asks for. Choose one of the list.',
            { name: chosen },
          )}
        </p>
      )}
    </div>
  );
}
