import { t } from '../../words/words.ts';
import { useRun } from '../context.tsx';
import { clock, compact, count } from '../format.ts';

/** The dials: step, time, buffer, tasks and tokens a second. */
export function Readouts() {
  const step = useRun((run) => run.step);
  const steps = useRun((run) => run.config?.steps ?? null);
  const last = useRun((run) => run.metrics.last);
  const tasks = useRun((run) => run.tasks.book.size);
  const byHand = useRun((run) => run.byHand);
  return (
    <dl className="readouts">
      <Readout
        name={t('Step')}
        value={steps === null ? '–' : count(step)}
        unit={steps === null ? '' : t('of {steps}', { steps: count(steps) })}
      />
      <Readout name={t('Elapsed')} value={last ? clock(last.seconds) : '–'} />
      <Readout
        name={t('Buffer')}
        value={count(tasks)}
        unit={
          byHand > 0
            ? t('{tasks, plural, one {task} other {tasks}}, {byHand} by hand', {
                tasks,
                byHand: count(byHand),
              })
            : t('{tasks, plural, one {task} other {tasks}}', { tasks })
        }
      />
      <Readout name={t('Tasks')} value={rate(last?.tasksPerSecond)} unit="/ s" />
      <Readout name={t('Sampled')} value={rate(last?.tokensSampledPerSecond)} unit={t('tok / s')} />
      <Readout name={t('Trained')} value={rate(last?.tokensTrainedPerSecond)} unit={t('tok / s')} />
    </dl>
  );
}

function Readout({ name, value, unit = '' }: { name: string; value: string; unit?: string }) {
  return (
    <div className="readout">
      <dt>{name}</dt>
      <dd>
        {value} {unit && <span className="readout-unit">{unit}</span>}
      </dd>
    </div>
  );
}

function rate(value: number | undefined): string {
  return value === undefined ? '–' : compact(value);
}
