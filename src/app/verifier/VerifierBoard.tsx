import { useEffect, useState } from 'react';
import type { LoggedAttempt } from '../../run/verdictLog.ts';
import { useRun } from '../context.tsx';
import { BlockedDrawer } from './BlockedDrawer.tsx';
import { BlockedList } from './BlockedList.tsx';
import { VerdictBars } from './VerdictBars.tsx';
import { VerifierFacts } from './VerifierFacts.tsx';
import './verifier.css';

/** Python at work: how it keeps up, what it says of programs, and what it did not let happen. */
export function VerifierBoard() {
  const [open, setOpen] = useState<LoggedAttempt | null>(null);
  const isEmpty = useRun((run) => run.verdicts.numbered === 0);
  useEffect(() => {
    if (isEmpty) setOpen(null);
  }, [isEmpty]);
  return (
    <div className="board-verifier">
      <VerifierFacts />
      <VerdictBars />
      <BlockedList onOpen={setOpen} open={open} />
      <BlockedDrawer attempt={open} onClose={() => setOpen(null)} />
    </div>
  );
}
