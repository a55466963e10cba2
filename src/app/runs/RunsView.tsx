import { useState } from 'react';
import { modelName } from '../../run/folder/layout.ts';
import type { RunEntry } from '../../run/library.ts';
import { setupOf } from '../../run/session.ts';
import { isResting } from '../../run/store.ts';
import { again, t } from '../../words/words.ts';
import { usePage, useRun, useShelf } from '../context.tsx';
import { count, moment, percent, shareError, tenths, withError } from '../format.ts';
import { leaveRun } from '../leaving/useLeaving.ts';
import { Icon } from '../ui/Icon.tsx';
import { BringIn } from './BringIn.tsx';
import { differences } from './differences.ts';
import { exportRun, saveRecording } from './exportRun.ts';
import { QueueSeeds } from './QueueSeeds.tsx';
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

  const bring = (take: () => Promise<void>) => {
    setSaid('');
    leaveRun(keeper, () => {
      take().then(onOpened, (error: unknown) =>
        setSaid(error instanceof Error ? again(error.message) : String(error)),
      );
    });
  };
  const goOn = ({ id, step, config }: RunEntry) =>
    bring(() => keeper.goOn(id, step >= config.steps ? config.steps + MORE : undefined));
  const duplicate = (entry: RunEntry) => {
    session.setState(setupOf(entry));
    const { name } = entry;
    setSaid(
      entry.ownBase
        ? t(
            'The next start has the settings of “{name}” and begins from the base “{base}”. Change them under Settings, and press Start.',
            { name, base: entry.ownBase.name },
          )
        : t('The next start has the settings of “{name}”. Change them under Settings, and press Start.', {
            name,
          }),
    );
  };
  const remove = async (entry: RunEntry) => {
    await keeper.change(entry.id, { deleted: Date.now() });
    setDeleted(entry);
  };
  const takeHome = ({ id }: RunEntry) => {
    setSaid('');
    exportRun(keeper, id).catch((error: Error) => setSaid(again(error.message)));
  };
  const recordHome = ({ id }: RunEntry) => {
    setSaid('');
    saveRecording(keeper, id).catch((error: Error) => setSaid(again(error.message)));
  };
  const undo = async () => {
    if (deleted) await keeper.change(deleted.id, { deleted: null });
    setDeleted(null);
  };
  return (
    <section className="panel runs" aria-labelledby="runs-title">
      <div className="chart-title">
        <h2 id="runs-title">{t('Runs')}</h2>
        <p>
          {t(
            'Kept in this browser as they go. A run that is gone on with is the one that it was, step by step.',
          )}{' '}
          {room &&
            t('{used} of {quota} are used.', { used: megabytes(room.used), quota: megabytes(room.quota) })}
        </p>
      </div>
      <QueueSeeds />
      <BringIn onSaid={setSaid} onPlay={(recording) => bring(async () => keeper.play(recording))} />
      {problem && (
        <p className="runs-problem" role="alert">
          {again(problem)}
        </p>
      )}
      {said && (
        <p className="runs-undo" role="alert">
          {said}
        </p>
      )}
      {deleted && (
        <p className="runs-undo" role="status">
          {t('“{name}” was deleted.', { name: deleted.name })}{' '}
          <button type="button" className="button button-quiet" onClick={undo}>
            {t('Undo')}
          </button>
        </p>
      )}
      {entries === null ? (
        <p className="runs-empty" role="status">
          {t('Reading the runs …')}
        </p>
      ) : entries.length === 0 ? (
        <p className="runs-empty">
          {t('There is none yet. The first is kept here as soon as it has taken a step.')}
        </p>
      ) : (
        <ul className="runs-list">
          {entries.map((entry) => (
            <RunRow
              key={entry.id}
              entry={entry}
              onGoOn={() => goOn(entry)}
              onOpen={() => bring(() => keeper.open(entry.id))}
              onPlay={() => bring(() => keeper.playNamed(entry.id))}
              onRecord={() => recordHome(entry)}
              onDuplicate={() => duplicate(entry)}
              onExport={() => takeHome(entry)}
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
  onOpen,
  onPlay,
  onRecord,
  onDuplicate,
  onExport,
  onDelete,
}: {
  entry: RunEntry;
  onGoOn: () => void;
  onOpen: () => void;
  onPlay: () => void;
  onRecord: () => void;
  onDuplicate: () => void;
  onExport: () => void;
  onDelete: () => void;
}) {
  const { keeper } = usePage();
  const isHere = useShelf(({ current }) => current === entry.id);
  const isShown = useShelf(({ shown }) => shown !== null);
  const isGoing = useRun((run) => !isResting(run)) && isHere && !isShown;
  const { id, name, note, config, step, score, bytes, changed, pretrained } = entry;
  const goOn = step >= config.steps ? t('{more} more steps', { more: MORE }) : t('Go on');
  const deeds: readonly { word: string; title: string; isOff?: boolean; go: () => void }[] = [
    { word: t('Open'), title: t('Shows it as it was at its last step'), go: onOpen },
    { word: t('Replay'), title: t('Plays all of it again, step by step, at any speed'), go: onPlay },
    { word: t('Duplicate'), title: t('The next start has its settings'), go: onDuplicate },
    { word: t('Export'), title: t('One zip, to be gone on with elsewhere'), go: onExport },
    {
      word: t('Recording'),
      title: t('One small file that plays everywhere; it holds no weights'),
      go: onRecord,
    },
    {
      word: t('Delete'),
      title: isGoing ? t('It is on the page: Reset first') : t('Can be undone'),
      isOff: isGoing,
      go: onDelete,
    },
  ];
  return (
    <li className="runs-row" data-here={isHere}>
      <div className="runs-what">
        <TextField
          label={t('Name')}
          field="Name"
          value={name}
          onChange={(text) => keeper.change(id, { name: text.trim() || name })}
        />
        <TextField
          label={t('Note')}
          field="Note"
          placeholder={t('Add a note')}
          value={note}
          onChange={(text) => keeper.change(id, { note: text })}
        />
        <p className="muted">{differences(entry)}</p>
        {pretrained && (
          <p>
            {t(
              'After step {step} the pretrained model {model} took over. It cannot run in a tab: Open shows the curves, the buffer and the family tree.',
              { step: count(pretrained.since), model: modelName(pretrained) },
            )}
          </p>
        )}
      </div>
      <dl className="runs-facts">
        <div>
          <dt>{t('step')}</dt>
          <dd>{t('{step} of {steps}', { step: count(step), steps: count(config.steps) })}</dd>
        </div>
        <div>
          <dt>{t('held out')}</dt>
          <dd>{score ? scoreText(score) : '–'}</dd>
        </div>
        <div>
          <dt>{t('kept')}</dt>
          <dd>
            <time dateTime={new Date(changed).toISOString()}>{dateText(changed)}</time>
          </dd>
        </div>
        <div>
          <dt>{t('size')}</dt>
          <dd>{megabytes(bytes)}</dd>
        </div>
      </dl>
      <div className="runs-do">
        {isGoing ? (
          <span className="muted">{t('on the page')}</span>
        ) : (
          <button
            type="button"
            className="button"
            aria-label={`${goOn}: ${name}`}
            disabled={pretrained !== undefined}
            onClick={onGoOn}
          >
            <Icon name="play" />
            {goOn}
          </button>
        )}
        {deeds.map(({ word, title, isOff = false, go }) => (
          <button
            key={word}
            type="button"
            className="button button-quiet"
            disabled={isOff}
            title={title}
            aria-label={`${word} ${name}`}
            onClick={go}
          >
            {word}
          </button>
        ))}
      </div>
    </li>
  );
}

/** Text that is changed in place, and taken as it is written: a reload must not lose it. */
function TextField({
  label,
  field,
  value,
  placeholder,
  onChange,
}: {
  label: string;
  /** Which it is, whatever the language. */
  field: 'Name' | 'Note';
  value: string;
  placeholder?: string;
  onChange: (text: string) => void;
}) {
  return (
    <input
      className="runs-text"
      data-of={field}
      aria-label={label}
      placeholder={placeholder}
      defaultValue={value}
      onChange={(change) => onChange(change.target.value)}
      onKeyDown={(press) => press.key === 'Enter' && press.currentTarget.blur()}
    />
  );
}

/** With the standard error of a share. */
function scoreText({ mean, tasks }: NonNullable<RunEntry['score']>): string {
  return withError(percent(mean), Math.round(100 * shareError(mean, tasks)));
}

function megabytes(bytes: number): string {
  return bytes >= 1e9 ? `${tenths(bytes / 1e9)} GB` : `${tenths(bytes / 1e6)} MB`;
}

function dateText(milliseconds: number): string {
  return moment(new Date(milliseconds));
}
