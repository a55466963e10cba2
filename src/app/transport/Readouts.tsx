import { useRun } from '../context.tsx';
import { clock, compact, count } from '../format.ts';

/** The dials: step, time, buffer, tasks and tokens a second. */
export function Readouts() {
  const step = useRun((run) => run.step);
  const steps = useRun((run) => run.config?.steps ?? null);
  const last = useRun((run) => run.metrics.last);
  const tasks = useRun((run) => run.tasks.book.size);
  return (
    <dl className="readouts">
      <Readout
        name="Step"
        value={steps === null ? '–' : count(step)}
        unit={steps === null ? '' : `of ${count(steps)}`}
      />
      <Readout name="Elapsed" value={last ? clock(last.seconds) : '–'} />
      <Readout name="Buffer" value={count(tasks)} unit={tasks === 1 ? 'task' : 'tasks'} />
      <Readout name="Tasks" value={rate(last?.tasksPerSecond)} unit="/ s" />
      <Readout name="Sampled" value={rate(last?.tokensSampledPerSecond)} unit="tok / s" />
      <Readout name="Trained" value={rate(last?.tokensTrainedPerSecond)} unit="tok / s" />
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
