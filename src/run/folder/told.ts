/** What a run told, from the lines of its files. */
import { ALL_KINDS, type Attempt, type Task } from '../../tasks/task.ts';
import type { BlockedAttempt, HackAttempt } from '../../watch/findings.ts';
import { metricsOf } from '../../watch/metrics/files.ts';
import type { Event, SandboxReport } from '../protocol.ts';
import type { RunFile } from './layout.ts';

type Line = Record<string, unknown> & { step: number };

/** Lines of a run up to a step; what was begun after it is done again. Throws a SyntaxError where one is not JSON. */
export function linesUpTo(jsonl: string, step: number): Line[] {
  return jsonl
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
    .filter((line) => line.step <= step);
}

/** What is told of a run up to a step, in the order of its steps; throws where lines are not what a run writes. */
export function toldOf(linesOf: (file: RunFile) => Line[], last: number): Event[] {
  const of = (file: RunFile) => byStep(linesOf(file));
  const [tasks, others, attempts] = [of('tasks.jsonl'), of('events.jsonl'), of('attempts.jsonl')];
  const [uhohs, steps, times] = [of('uhoh.jsonl'), of('metrics.jsonl'), of('timing.jsonl')];
  const events: Event[] = [];
  for (let step = 0; step <= last; step++) {
    const added = (tasks.get(step) ?? []) as unknown as Task[];
    if (!added.every(isTask)) throw new TypeError('not a task');
    if (added.length > 0) events.push({ type: 'tasks', added, updated: [], evicted: [] });
    for (const { event } of others.get(step) ?? []) events.push(event as Event);
    const tried = (attempts.get(step) ?? []) as unknown as Attempt[];
    if (tried.length > 0) events.push({ type: 'attempts', attempts: tried });
    for (const line of uhohs.get(step) ?? []) events.push(uhOhEvent(line));
    const [line] = steps.get(step) ?? [];
    const [time] = times.get(step) ?? [];
    if (line && time) {
      events.push({ type: 'step', metrics: metricsOf(line, time), sandbox: time.sandbox as SandboxReport });
    }
  }
  return events;
}

function byStep(lines: readonly Line[]): Map<number, Line[]> {
  const grouped = new Map<number, Line[]>();
  for (const line of lines) {
    const group = grouped.get(line.step);
    if (group) group.push(line);
    else grouped.set(line.step, [line]);
  }
  return grouped;
}

function isTask({ id, kind, program, parents }: Task): boolean {
  return (
    typeof id === 'string' &&
    ALL_KINDS.includes(kind) &&
    typeof program === 'string' &&
    Array.isArray(parents)
  );
}

/** The opposite of a line of uhoh.jsonl; only what the sandbox blocked has its words. */
function uhOhEvent({ tried, detail, answer, category, ...line }: Line): Event {
  const { step, role } = line as unknown as BlockedAttempt;
  if (detail === null) {
    return { type: 'hacks', step, role, hacks: [{ ...line, hack: tried, answer } as unknown as HackAttempt] };
  }
  const blocked = { ...line, refusal: tried, category, detail } as unknown as BlockedAttempt;
  return { type: 'verdicts', step, role, counts: {}, blocked: [blocked] };
}
