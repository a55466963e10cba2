import { useState } from 'react';
import { changedKeys, HYPERPARAMETERS } from '../../config/hyperparameters.ts';
import { PRESETS, presetConfig } from '../../config/presets.ts';
import type { RunEntry } from '../../run/library.ts';
import { usePage, useRun, useShelf } from '../context.tsx';
import { count, percent } from '../format.ts';
import { Icon } from '../ui/Icon.tsx';
import './runs.css';

/** Steps that a finished run is gone on for. */
const MORE = 50;

/** The runs that this browser keeps, to be gone on with, named, deleted. */
export default function RunsView({ onOpened }: { onOpened: () => void }) {
  const { keeper, session } = usePage();
  const entries = useShelf((shelf) => shelf.entries);
  const problem = useShelf((shelf) => shelf.problem);
  const room = useShelf((shelf) => shelf.room);
  const [deleted, setDeleted] = useState<RunEntry | null>(null);
  const [said, setSaid] = useState('');

  const goOn = async (entry: RunEntry) => {
    setSaid('');
    try {
      const isDone = entry.step >= entry.config.steps;
      await keeper.goOn(entry.id, isDone ? entry.config.steps + MORE : undefined);
      onOpened();
    } catch (error) {
      setSaid(error instanceof Error ? error.message : String(error));
    }
  };
  const duplicate = ({ name, preset, config, device, seedProgram }: RunEntry) => {
    session.setState({ preset, config, device, seedProgram });
    setSaid(`The next start has the settings of “${name}”. Change them under Settings, and press Start.`);
  };
  const remove = async (entry: RunEntry) => {
    await keeper.change(entry.id, { deleted: Date.now() });
    setDeleted(entry);
  };
  const undo = async () => {
    if (deleted) await keeper.change(deleted.id, { deleted: null });
    setDeleted(null);
  };
  return (
    <section className="panel runs" aria-labelledby="runs-title">
      <div className="chart-title">
        <h2 id="runs-title">Runs</h2>
        <p>
          Kept in this browser as they go. A run that is gone on with is the one that it was, step by step.
          {room && ` ${megabytes(room.used)} of ${megabytes(room.quota)} are used.`}
        </p>
      </div>
      {problem && (
        <p className="runs-problem" role="alert">
          {problem}
        </p>
      )}
      {said && (
        <p className="runs-undo" role="alert">
          {said}
        </p>
      )}
      {deleted && (
        <p className="runs-undo" role="status">
          “{deleted.name}” was deleted.{' '}
          <button type="button" className="button button-quiet" onClick={undo}>
            Undo
          </button>
        </p>
      )}
      {entries === null ? (
        <p className="runs-empty" role="status">
          Reading the runs …
        </p>
      ) : entries.length === 0 ? (
        <p className="runs-empty">
          There is none yet. The first is kept here as soon as it has taken a step.
        </p>
      ) : (
        <ul className="runs-list">
          {entries.map((entry) => (
            <RunRow
              key={entry.id}
              entry={entry}
              onGoOn={() => goOn(entry)}
              onDuplicate={() => duplicate(entry)}
              onDelete={() => remove(entry)}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

function RunRow({
  entry,
  onGoOn,
  onDuplicate,
  onDelete,
}: {
  entry: RunEntry;
  onGoOn: () => void;
  onDuplicate: () => void;
  onDelete: () => void;
}) {
  const { keeper } = usePage();
  const isHere = useShelf(({ current }) => current === entry.id);
  const isGoing = useRun(({ state }) => !['idle', 'finished', 'failed'].includes(state)) && isHere;
  const { id, name, note, config, step, score, bytes, changed } = entry;
  const goOn = step >= config.steps ? `${MORE} more steps` : 'Go on';
  return (
    <li className="runs-row" data-here={isHere}>
      <div className="runs-what">
        <TextField
          label="Name"
          value={name}
          onChange={(text) => keeper.change(id, { name: text.trim() || name })}
        />
        <TextField
          label="Note"
          placeholder="Add a note"
          value={note}
          onChange={(text) => keeper.change(id, { note: text })}
        />
        <p className="muted">{differences(entry)}</p>
      </div>
      <dl className="runs-facts">
        <div>
          <dt>step</dt>
          <dd>
            {count(step)} of {count(config.steps)}
          </dd>
        </div>
        <div>
          <dt>held out</dt>
          <dd>{score ? scoreText(score) : '–'}</dd>
        </div>
        <div>
          <dt>kept</dt>
          <dd>
            <time dateTime={new Date(changed).toISOString()}>{dateText(changed)}</time>
          </dd>
        </div>
        <div>
          <dt>size</dt>
          <dd>{megabytes(bytes)}</dd>
        </div>
      </dl>
      <div className="runs-do">
        {isGoing ? (
          <span className="muted">on the page</span>
        ) : (
          <button type="button" className="button" aria-label={`${goOn}: ${name}`} onClick={onGoOn}>
            <Icon name="play" />
            {goOn}
          </button>
        )}
        <button
          type="button"
          className="button button-quiet"
          title="The next start has its settings"
          aria-label={`Duplicate ${name}`}
          onClick={onDuplicate}
        >
          Duplicate
        </button>
        <button
          type="button"
          className="button button-quiet"
          disabled={isGoing}
          title={isGoing ? 'It is on the page: Reset first' : 'Can be undone'}
          aria-label={`Delete ${name}`}
          onClick={onDelete}
        >
          Delete
        </button>
      </div>
    </li>
  );
}

/** Text that is changed in place, and taken as it is written: a reload must not lose it. */
function TextField({
  label,
  value,
  placeholder,
  onChange,
}: {
  label: string;
  value: string;
  placeholder?: string;
  onChange: (text: string) => void;
}) {
  return (
    <input
      className="runs-text"
      data-of={label}
      aria-label={label}
      placeholder={placeholder}
      defaultValue={value}
      onChange={(change) => onChange(change.target.value)}
      onKeyDown={(press) => press.key === 'Enter' && press.currentTarget.blur()}
    />
  );
}

/** The preset and what differs from it. */
function differences({ preset, config, seedProgram }: RunEntry): string {
  const changed = new Set<string>(changedKeys(config, presetConfig(preset)));
  const told = HYPERPARAMETERS.filter(({ key }) => key !== 'seed' && changed.has(key));
  const parts = [
    `${PRESETS[preset].label}, seed ${config.seed}`,
    ...told.map(({ key, label }) => `${label.toLowerCase()} ${config[key]}`),
  ];
  return [...parts, ...(seedProgram ? ['own seed program'] : [])].join(', ');
}

/** With the standard error of a share. */
function scoreText({ mean, tasks }: NonNullable<RunEntry['score']>): string {
  const error = Math.sqrt((mean * (1 - mean)) / Math.max(1, tasks));
  return `${percent(mean)} ± ${Math.round(100 * error)}`;
}

function megabytes(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

const DATE = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

function dateText(milliseconds: number): string {
  return DATE.format(milliseconds);
}
