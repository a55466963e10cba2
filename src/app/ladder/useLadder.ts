import { ALL_KINDS } from '../../tasks/task.ts';
import { useRun, useSession } from '../context.tsx';
import { LADDER_KIND } from './rungs.ts';

/** Whether the ladder has anything to show, and whether it is the point of the run: where it deduces and nothing else. */
export function useLadder(): { isThere: boolean; isThePoint: boolean } {
  const chosen = useSession(({ config }) => config);
  const config = useRun((run) => run.config) ?? chosen;
  const isThere = config[LADDER_KIND];
  return { isThere, isThePoint: isThere && ALL_KINDS.every((kind) => kind === LADDER_KIND || !config[kind]) };
}
