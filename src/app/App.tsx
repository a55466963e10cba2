import { useState } from 'react';
import { msg, t } from '../words/words.ts';
import type { View } from './address/place.ts';
import { useTopOfPlace } from './address/useTopOfPlace.ts';
import { BufferRail } from './buffer/BufferRail.tsx';
import { BufferView } from './buffer/BufferView.tsx';
import { TaskDrawer } from './buffer/TaskDrawer.tsx';
import { ChartBoard } from './charts/ChartBoard.tsx';
import { HeldOutChart } from './charts/HeldOutChart.tsx';
import { useHere, usePage, useRun } from './context.tsx';
import { EmbedNote } from './frame/EmbedNote.tsx';
import { GlossaryDrawer } from './glossary/GlossaryDrawer.tsx';
import { Header } from './header/Header.tsx';
import { useLadder } from './ladder/useLadder.ts';
import { LeavingDialog } from './leaving/LeavingDialog.tsx';
import { useBeside } from './lessons/beside.ts';
import { LoopPanel } from './loop/LoopPanel.tsx';
import { FatalPanel } from './notices/FatalPanel.tsx';
import { LazyPart, Part } from './notices/lazyPart.tsx';
import { Notices } from './notices/Notices.tsx';
import { TRANSPORT_ID, Transport } from './transport/Transport.tsx';
import { useAfterPaint } from './ui/useAfterPaint.ts';
import './app.css';
import './frame/frame.css';
import './print.css';

/** Fetched when it is opened: most visits watch the lab. */
const EXPERIMENTS = new LazyPart(() => import('./experiments/ExperimentsView.tsx'), {
  missing: msg('The experiments could not be loaded'),
  broken: msg('The experiments could not be drawn'),
  waiting: msg('Loading the experiments …'),
});

const PLAY = new LazyPart(() => import('./play/PlayView.tsx'), {
  missing: msg('The part to play with could not be loaded'),
  broken: msg('The part to play with could not be drawn'),
  waiting: msg('Loading …'),
});

const RUNS = new LazyPart(() => import('./runs/RunsView.tsx'), {
  missing: msg('The runs could not be loaded'),
  broken: msg('The runs could not be drawn'),
  waiting: msg('Reading the runs …'),
});

const FAMILY = new LazyPart(() => import('./family/FamilyView.tsx'), {
  missing: msg('The family tree could not be loaded'),
  broken: msg('The family tree could not be drawn'),
  waiting: msg('Loading the family tree …'),
});

const LESSON = new LazyPart(() => import('./lessons/LessonBook.tsx'), {
  missing: msg('The lesson could not be loaded'),
  broken: msg('The lesson could not be drawn'),
  waiting: msg('Loading the lesson …'),
});

const LESSONS = new LazyPart(() => import('./lessons/LessonsView.tsx'), {
  missing: msg('The lessons could not be loaded'),
  broken: msg('The lessons could not be drawn'),
  waiting: msg('Loading the lessons …'),
});

const TEACHER = new LazyPart(() => import('./teacher/TeacherView.tsx'), {
  missing: msg('The page for teachers could not be loaded'),
  broken: msg('The page for teachers could not be drawn'),
  waiting: msg('Loading …'),
});

const MAIN_CLASS: Record<View, string> = {
  lab: 'lab',
  buffer: 'lab-buffer',
  play: 'lab-play',
  family: 'lab-family',
  runs: 'lab-runs',
  experiments: 'lab-experiments',
  lessons: 'lab-lessons',
  teacher: 'lab-teacher',
};

export function App() {
  const { address, frame } = usePage();
  const asked = useHere((here) => here.view);
  const view = useAfterPaint(frame.isProjector ? 'lab' : asked);
  const beside = useBeside();
  const hidden = [...frame.hide, ...beside.hide];
  const isHeadless = frame.isEmbedded || frame.isProjector || hidden.includes('header');
  const isInLesson = useHere((here) => here.lesson !== null);
  const openTask = useHere((here) => here.task);
  const main = useTopOfPlace();
  const [secondsPerStage, setSecondsPerStage] = useState(0);
  const open = (task: string) => address.go({ task });
  // Who has gone elsewhere meanwhile stays there.
  const showOpened = () => {
    if (address.here.getState().view === 'runs') address.go({ view: 'lab' });
  };
  const isFatal = useRun((run) => run.fatal !== null);
  // Where the ladder is the point it is what one sees first, once there is something on it.
  const { isThePoint } = useLadder();
  const isLadderFirst = useRun((run) => run.base !== null) && isThePoint;
  return (
    <div
      className="app"
      data-view={view}
      data-hide={hidden.length > 0 || isHeadless ? hidden.join(' ') : undefined}
      data-lesson={isInLesson && !frame.isProjector}
    >
      <SkipLink />
      {isHeadless ? (
        <h1 className="visually-hidden" translate="no">
          Kelvin
        </h1>
      ) : (
        <Header />
      )}
      {frame.isEmbedded && <EmbedNote />}
      {isInLesson && (
        <div className="lesson-place">
          <Part of={LESSON} props={{ onSlowMotion: setSecondsPerStage }} />
        </div>
      )}
      <Transport secondsPerStage={secondsPerStage} onSlowMotion={setSecondsPerStage} />
      <Notices />
      <main
        ref={main}
        className={MAIN_CLASS[view]}
        data-slow={secondsPerStage > 0}
        data-open={openTask !== null}
        data-ladder={isLadderFirst}
      >
        {frame.isProjector ? (
          <>
            {isFatal ? <FatalPanel /> : <LoopPanel isSlow={secondsPerStage > 0} />}
            <HeldOutChart axis="steps" className="chart-projected" />
          </>
        ) : view === 'lab' ? (
          <>
            {isLadderFirst && <ChartBoard key="charts" />}
            {isFatal ? <FatalPanel /> : <LoopPanel key="loop" isSlow={secondsPerStage > 0} />}
            {!isLadderFirst && <ChartBoard key="charts" />}
            <BufferRail onOpen={open} onBrowse={() => address.go({ view: 'buffer' })} />
          </>
        ) : view === 'play' ? (
          <>
            {isFatal && <FatalPanel />}
            <Part of={PLAY} props={{}} />
          </>
        ) : view === 'runs' ? (
          <Part of={RUNS} props={{ onOpened: showOpened }} />
        ) : view === 'family' ? (
          <>
            {isFatal && <FatalPanel />}
            <Part of={FAMILY} props={{}} />
          </>
        ) : view === 'lessons' ? (
          <Part of={LESSONS} props={{}} />
        ) : view === 'teacher' ? (
          <Part of={TEACHER} props={{}} />
        ) : view === 'experiments' ? (
          <>
            {isFatal && <FatalPanel />}
            <Part of={EXPERIMENTS} props={{}} />
          </>
        ) : (
          <>
            {isFatal && <FatalPanel />}
            <BufferView onOpen={open} openTask={openTask} />
          </>
        )}
      </main>
      <TaskDrawer />
      <GlossaryDrawer />
      <LeavingDialog />
    </div>
  );
}

/** From the head of the page to its buttons. It moves the focus alone: what stands after the # is the place. */
function SkipLink() {
  return (
    <a
      className="skip-link"
      href={`#${TRANSPORT_ID}`}
      onClick={(click) => {
        click.preventDefault();
        document.getElementById(TRANSPORT_ID)?.focus();
      }}
    >
      {t('Skip to Start and the lab')}
    </a>
  );
}
