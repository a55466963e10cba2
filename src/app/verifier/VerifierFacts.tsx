import type { SandboxReport } from '../../run/protocol.ts';
import { t } from '../../words/words.ts';
import { useRun } from '../context.tsx';
import { count, duration } from '../format.ts';

/** The sandbox in six numbers. */
export function VerifierFacts() {
  const sandbox = useRun((run) => run.sandbox);
  return (
    <section className="panel verifier-facts" aria-label={t('The verifier in numbers')}>
      <dl>
        {factsOf(sandbox).map(([name, value, note]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <strong>{value}</strong>
              <span className="verifier-note">{note}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Name, value and a few words of explanation. */
function factsOf(sandbox: SandboxReport | null): [name: string, value: string, note: string][] {
  const unknown = '–';
  if (!sandbox) {
    return [
      [t('Workers ready'), unknown, t('each holds a Python')],
      [t('In the queue'), unknown, t('requests not judged yet')],
      [t('Runs judged'), unknown, t('program × input × repeat')],
      [t('Runs a second'), unknown, t('while there are any')],
      [t('First verdict'), unknown, t('from a cold start')],
      [t('Replaced'), unknown, t('workers that were ended')],
    ];
  }
  const { workers, ready, queued, runs, busyMs, firstVerdictMs, startMs, respawned, respawnMs } = sandbox;
  const spares = Math.max(0, ready - workers);
  return [
    [
      t('Workers ready'),
      t('{done} of {all}', { done: Math.min(ready, workers), all: workers }),
      spares > 0 ? t('and {spares} to spare', { spares }) : t('each holds a Python'),
    ],
    [t('In the queue'), count(queued), t('requests not judged yet')],
    [t('Runs judged'), count(runs), t('program × input × repeat')],
    [t('Runs a second'), busyMs > 0 ? count((1000 * runs) / busyMs) : unknown, t('while there are any')],
    [
      t('First verdict'),
      firstVerdictMs === null ? unknown : duration(firstVerdictMs / 1000),
      startMs === null
        ? t('from a cold start')
        : t('cold start, Python {time}', { time: duration(startMs / 1000) }),
    ],
    [
      t('Replaced'),
      count(respawned),
      respawned > 0 && respawnMs !== null
        ? t('the last in {ms} ms', { ms: count(respawnMs) })
        : t('workers that were ended'),
    ],
  ];
}
