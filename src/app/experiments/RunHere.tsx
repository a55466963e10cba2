import { useState } from 'react';
import type { Config } from '../../config/hyperparameters.ts';
import type { Experiment, Size } from '../../experiments/definitions.ts';
import type { LevelId } from '../../language/level.ts';
import { isResting } from '../../run/store.ts';
import { again, t } from '../../words/words.ts';
import { usePage, useRun, useSession } from '../context.tsx';
import { leaveRun } from '../leaving/useLeaving.ts';
import { Icon } from '../ui/Icon.tsx';
import { armLabel, closestPreset, configHere } from './arms.ts';

/** Starts the arm in this tab. A run that is under way is only replaced at the second press. */
export function RunHere({
  experiment,
  arm: { arm: name, size },
  budget,
}: {
  experiment: Experiment;
  arm: { arm: string; size: Size };
  budget: { level: LevelId; steps: number; seed: number };
}) {
  const { keeper, session } = usePage();
  const device = useSession((state) => state.device);
  const running = useRun((run) => run.config);
  const isGoing = useRun((run) => !isResting(run));
  const [asks, setAsks] = useState(false);
  const arm = experiment.arms.find((one) => one.name === name);
  if (!arm) return null;
  const here = configHere(arm, size, budget);
  const isThis = here.config !== null && running !== null && areEqual(here.config, running);
  const start = () => {
    if (!here.config) return;
    if (isGoing && !asks) return setAsks(true);
    setAsks(false);
    const { config } = here;
    const setup = { preset: closestPreset(config), config, seedProgram: null, ownBase: null };
    leaveRun(keeper, () => {
      session.setState(setup);
      void keeper.start({ ...setup, device });
    });
  };
  if (isThis && isGoing) return <span className="arms-running">{t('running here')}</span>;
  return (
    <button
      type="button"
      className="button button-quiet"
      disabled={here.config === null}
      title={
        here.problem === null
          ? t('Starts this variant in this tab, with the first seed')
          : again(here.problem)
      }
      onClick={start}
      onBlur={() => setAsks(false)}
    >
      <Icon name="play" />
      {asks ? t('Replace the run?') : t('Run here')}
      <span className="visually-hidden">: {again(armLabel(experiment, { arm: name, size }))}</span>
    </button>
  );
}

function areEqual(a: Config, b: Config): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
