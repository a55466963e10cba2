/** Who a task takes after: of its references, the one whose program it shares most lines with. */
import type { Task } from '../../tasks/task.ts';

type Parts = Pick<Task, 'program' | 'parents'>;

interface Known {
  program: string;
  /** How often each line is in it. */
  lines: ReadonlyMap<string, number>;
  length: number;
  ancestor: string | null;
}

/** What was worked out before: a task keeps the list of its references when its solve rate changes. */
const remembered = new WeakMap<readonly string[], Known>();

/**
 * The reference that a task descends from: the one with most lines in common, counted against the longer program; the
 * first of equals. Null where it has none among `known`, the tasks that came before it.
 */
export function ancestorOf(task: Parts, known: ReadonlyMap<string, Parts>): string | null {
  const own = knownOf(task);
  if (own.ancestor !== null && known.has(own.ancestor)) return own.ancestor;
  let best: { id: string; likeness: number } | null = null;
  for (const id of new Set(task.parents)) {
    const parent = known.get(id);
    if (!parent) continue;
    const likeness = likenessOf(own, knownOf(parent));
    if (best === null || likeness > best.likeness) best = { id, likeness };
  }
  own.ancestor = best?.id ?? null;
  return own.ancestor;
}

function knownOf({ program, parents }: Parts): Known {
  const found = remembered.get(parents);
  if (found?.program === program) return found;
  const all = program.split('\n');
  const lines = new Map<string, number>();
  for (const line of all) lines.set(line, (lines.get(line) ?? 0) + 1);
  const made = { program, lines, length: all.length, ancestor: null };
  remembered.set(parents, made);
  return made;
}

/** Share of the longer program's lines that the other has as well. */
function likenessOf(a: Known, b: Known): number {
  let common = 0;
  for (const [line, times] of a.lines) common += Math.min(times, b.lines.get(line) ?? 0);
  return common / Math.max(a.length, b.length);
}
