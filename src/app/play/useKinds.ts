import type { Config } from '../../config/hyperparameters.ts';
import { ALL_KINDS, type TaskKind } from '../../tasks/task.ts';
import { useRun, useSession } from '../context.tsx';

/** The configuration of the run on the page, or of the next one where there is none. */
export function useConfig(): Config {
  const chosen = useSession(({ config }) => config);
  return useRun((run) => run.config) ?? chosen;
}

/** The kinds that it has. */
export function useKinds(): TaskKind[] {
  const config = useConfig();
  return ALL_KINDS.filter((kind) => config[kind]);
}
