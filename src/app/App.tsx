import { lazy, Suspense, useState } from 'react';
import { BufferRail } from './buffer/BufferRail.tsx';
import { BufferView } from './buffer/BufferView.tsx';
import { TaskDrawer } from './buffer/TaskDrawer.tsx';
import { ChartBoard } from './charts/ChartBoard.tsx';
import { useRun } from './context.tsx';
import { GlossaryDrawer } from './glossary/GlossaryDrawer.tsx';
import { Header, type View } from './header/Header.tsx';
import { useLadder } from './ladder/useLadder.ts';
import { LoopPanel } from './loop/LoopPanel.tsx';
import { FatalPanel } from './notices/FatalPanel.tsx';
import { Notices } from './notices/Notices.tsx';
import { Transport } from './transport/Transport.tsx';
import './app.css';

/** Fetched when it is opened: most visits watch the lab. */
const ExperimentsView = lazy(() => import('./experiments/ExperimentsView.tsx'));

const RunsView = lazy(() => import('./runs/RunsView.tsx'));

const MAIN_CLASS: Record<View, string> = {
  lab: 'lab',
  buffer: 'lab-buffer',
  runs: 'lab-runs',
  experiments: 'lab-experiments',
};

export function App() {
  const [view, setView] = useState<View>('lab');
  const [openTask, setOpenTask] = useState<string | null>(null);
  const [secondsPerStage, setSecondsPerStage] = useState(0);
  const isFatal = useRun((run) => run.fatal !== null);
  // Where the ladder is the point it is what one sees first, once there is something on it.
  const { isThePoint } = useLadder();
  const isLadderFirst = useRun((run) => run.base !== null) && isThePoint;
  return (
    <div className="app">
      <a className="skip-link" href="#main">
        Skip to the lab
      </a>
      <Header view={view} onView={setView} />
      <Transport secondsPerStage={secondsPerStage} onSlowMotion={setSecondsPerStage} />
      <Notices />
      <main
        id="main"
        className={MAIN_CLASS[view]}
        data-slow={secondsPerStage > 0}
        data-open={openTask !== null}
        data-ladder={isLadderFirst}
      >
        {view === 'lab' ? (
          <>
            {isLadderFirst && <ChartBoard key="charts" />}
            {isFatal ? <FatalPanel /> : <LoopPanel key="loop" isSlow={secondsPerStage > 0} />}
            {!isLadderFirst && <ChartBoard key="charts" />}
            <BufferRail onOpen={setOpenTask} onBrowse={() => setView('buffer')} />
          </>
        ) : view === 'runs' ? (
          <Suspense fallback={<p role="status">Reading the runs …</p>}>
            <RunsView onOpened={() => setView('lab')} />
          </Suspense>
        ) : view === 'experiments' ? (
          <>
            {isFatal && <FatalPanel />}
            <Suspense fallback={<p role="status">Loading the experiments …</p>}>
              <ExperimentsView />
            </Suspense>
          </>
        ) : (
          <>
            {isFatal && <FatalPanel />}
            <BufferView onOpen={setOpenTask} openTask={openTask} />
          </>
        )}
      </main>
      <TaskDrawer id={openTask} onOpen={setOpenTask} onClose={() => setOpenTask(null)} />
      <GlossaryDrawer />
    </div>
  );
}
