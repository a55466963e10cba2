import type { Experiment } from '../../experiments/definitions.ts';
import { again } from '../../words/words.ts';
import { armLabel } from './arms.ts';
import { RunHere } from './RunHere.tsx';

/** The arms of an experiment without results, to be started here all the same. */
export function ArmsOnly({ experiment }: { experiment: Experiment }) {
  const { level, steps, seeds, sizes, arms } = experiment;
  const budget = { level, steps, seed: seeds[0] ?? 1 };
  return (
    <ul className="arms-only">
      {sizes.flatMap((size) =>
        arms.map(({ name, note }) => (
          <li key={`${name} ${size}`}>
            <span>
              <strong>{again(armLabel(experiment, { arm: name, size }))}</strong>
              {note && <span className="arms-note">{again(note)}</span>}
            </span>
            <RunHere experiment={experiment} arm={{ arm: name, size }} budget={budget} />
          </li>
        )),
      )}
    </ul>
  );
}
