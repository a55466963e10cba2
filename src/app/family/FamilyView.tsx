import { useMemo, useState } from 'react';
import { ALL_KINDS } from '../../tasks/task.ts';
import { again, t } from '../../words/words.ts';
import { useHere, usePage, useRun } from '../context.tsx';
import { count, percent } from '../format.ts';
import { Info, KindTag, Segmented } from '../ui/Bits.tsx';
import { FamilyList } from './FamilyList.tsx';
import { FamilyPanel } from './FamilyPanel.tsx';
import { FamilyStage } from './FamilyStage.tsx';
import { type FamilyNode, placeFamily } from './layout.ts';
import { useChosen } from './useChosen.ts';
import { trailAfter, walk } from './walk.ts';
import './family.css';

type Look = 'tree' | 'list';

/** Where every task of the run comes from: the tree, or the same as a list, and the chosen task beside it. */
export default function FamilyView() {
  const { address } = usePage();
  const { revision, book } = useRun((run) => run.tasks);
  const isOpening = useHere((here) => here.isOpening);
  const [look, setLook] = useState<Look>('tree');
  const { everSize } = book;
  // Tasks are only ever added; a new solve rate moves nothing.
  const family = useMemo(() => {
    void everSize;
    return placeFamily(book.everyTask());
  }, [book, everSize]);
  const { chosen: chosenId, choose: setChosenId, settle } = useChosen();
  const chosen = (chosenId === null ? null : family.byId.get(chosenId)) ?? null;
  const [trailId, setTrailId] = useState<string | null>(null);
  const trail = trailAfter((trailId === null ? null : family.byId.get(trailId)) ?? null, chosen);

  const choose = (node: FamilyNode) => {
    setTrailId(trailAfter(trail, node)?.id ?? null);
    setChosenId(node.id);
  };
  const onWalk = (key: string) => {
    const to = walk(family, chosen, key, trail);
    if (to) choose(to);
    return to !== undefined;
  };
  const onOpen = () => {
    if (!chosen || !book.get(chosen.id)) return;
    // Back leads to it, however quickly one walked on to it.
    settle();
    address.go({ view: 'buffer', task: chosen.id });
  };
  const shared = { family, book, chosen, onWalk, onChoose: choose, onOpen };
  const byKind = book.countByKind();
  const kinds = ALL_KINDS.filter((kind) => byKind[kind] > 0);
  const steps = family.nodes.at(-1)?.step ?? 0;

  if (everSize === 0) {
    return (
      <section className="panel family-empty" aria-label={t('Family tree')}>
        <h2>{t('Family tree')}</h2>
        <p className="muted">
          {isOpening
            ? t('Opening the run …')
            : t('There is no task yet. Press Start, or open a run under Runs.')}
        </p>
      </section>
    );
  }
  return (
    <section className="panel family" aria-label={t('Family tree')}>
      <div className="family-head">
        <h2>
          {t('Family tree')}
          <Info title={t('Family tree')}>
            <p>
              {t(
                'Every task that ever entered the buffer, step by step from left to right. A line leads to each from the one of its references whose program it is most like. For the chosen task the line that leads to it is drawn heavy, its other references are dashed.',
              )}
            </p>
            <p>
              {t(
                'A line begins at the seed program, or at a task that was made without references, as some are while the buffer is seeded, or that a person wrote.',
              )}
            </p>
            <p>{t('A small mark has left the buffer. A dashed outline has not been attempted.')}</p>
          </Info>
        </h2>
        <p className="muted">
          {steps === 0
            ? t('{tasks} tasks, of the seeding', { tasks: count(everSize) })
            : t('{tasks} tasks, up to step {step}', { tasks: count(everSize), step: count(steps) })}
        </p>
        <p className="family-legend">
          {kinds.map((kind) => (
            <span key={kind} data-kind={kind}>
              <KindTag kind={kind} />
            </span>
          ))}
          <span className="muted">{t('hollow: never solved; full: always')}</span>
        </p>
        <Segmented
          label={t('Family tree as')}
          options={[
            { value: 'tree', text: t('Tree') },
            { value: 'list', text: t('List'), title: t('The same in words') },
          ]}
          value={look}
          onChange={setLook}
        />
      </div>
      {look === 'tree' ? <FamilyStage {...shared} revision={revision} /> : <FamilyList {...shared} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className="family-panel" tabIndex={0} aria-label={t('Chosen task')}>
        {chosen ? (
          <FamilyPanel
            family={family}
            book={book}
            node={chosen}
            trail={trail}
            onChoose={choose}
            onOpen={onOpen}
          />
        ) : chosenId !== null && !isOpening ? (
          <p>{t('There is no task {id} in this run. Choose another one in the tree.', { id: chosenId })}</p>
        ) : (
          <p className="muted">{t('Choose a task to see the line that it comes from.')}</p>
        )}
      </section>
      <p role="status" className="visually-hidden">
        {chosen && heard(chosen, book.ever(chosen.id)?.kind, book.ever(chosen.id)?.solveRate ?? null)}
      </p>
    </section>
  );
}

/** The chosen task, as it is heard on the way. */
function heard(node: FamilyNode, kind: string | undefined, solveRate: number | null): string {
  const { id, step, parent, children } = node;
  return [
    t('Task {id}, {kind}', { id, kind: again(kind ?? '') }),
    step === 0 ? t('seeding') : t('step {step}', { step: String(step) }),
    solveRate === null ? t('not attempted') : t('solved {share}', { share: percent(solveRate) }),
    parent ? t('from {id}', { id: parent.id }) : t('first of its line'),
    t('{n, plural, one {# child} other {# children}}', { n: children.length }),
  ].join(', ');
}
