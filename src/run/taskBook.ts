/** The task buffer as the page knows it: tasks by id, who grew from whom, and the latest attempts at each. */
import { ALL_KINDS, type Attempt, type Task, type TaskKind } from '../tasks/task.ts';

/** Attempts the page remembers by itself; older ones are asked of the trainer when a task is opened. */
const ATTEMPTS_KEPT = 6000;

/** How often the latest attempts solved a task. */
export type SolveState = 'new' | 'never' | 'sometimes' | 'always';

export function solveState(task: Pick<Task, 'solveRate'>): SolveState {
  if (task.solveRate === null) return 'new';
  if (task.solveRate <= 0) return 'never';
  return task.solveRate >= 1 ? 'always' : 'sometimes';
}

export class TaskBook {
  private readonly byId = new Map<string, Task>();
  /** Those that left the buffer as well, in the order they came. */
  private readonly everyId = new Map<string, Task>();
  private readonly childrenOf = new Map<string, string[]>();
  private readonly attemptsAt = new Map<string, Attempt[]>();
  private attemptsKept = 0;
  private list: readonly Task[] | null = null;

  get size(): number {
    return this.byId.size;
  }

  get(id: string): Task | undefined {
    return this.byId.get(id);
  }

  /** All tasks in the order they came; the same array until something changes. */
  all(): readonly Task[] {
    this.list ??= [...this.byId.values()];
    return this.list;
  }

  /** A task of the buffer, or one that has left it; with its last solve rate there. */
  ever(id: string): Task | undefined {
    return this.everyId.get(id);
  }

  /** How many tasks ever entered the buffer. */
  get everSize(): number {
    return this.everyId.size;
  }

  /** Every task that ever entered the buffer, in the order they came. */
  everyTask(): Iterable<Task> {
    return this.everyId.values();
  }

  /** Tasks that were proposed with this one among their references. */
  children(id: string): readonly Task[] {
    return (this.childrenOf.get(id) ?? []).flatMap((child) => this.byId.get(child) ?? []);
  }

  /** The latest attempts at a task that the page remembers; empty when they are forgotten or none was made. */
  attempts(id: string): readonly Attempt[] {
    return this.attemptsAt.get(id) ?? [];
  }

  apply(change: {
    added: readonly Task[];
    updated: readonly { id: string; solveRate: number }[];
    evicted: readonly string[];
  }): void {
    for (const task of change.added) {
      if (!this.byId.has(task.id)) this.link(task);
      this.keep(task);
    }
    for (const { id, solveRate } of change.updated) {
      const task = this.byId.get(id);
      if (task) this.keep({ ...task, solveRate });
    }
    for (const id of change.evicted) {
      this.byId.delete(id);
      this.childrenOf.delete(id);
      this.forgetAttempts(id);
    }
    this.list = null;
  }

  /** Takes attempts of one step; those of an earlier step at the same task are replaced. */
  addAttempts(attempts: readonly Attempt[]): void {
    const grouped = new Map<string, Attempt[]>();
    for (const attempt of attempts) {
      const group = grouped.get(attempt.taskId);
      if (group) group.push(attempt);
      else grouped.set(attempt.taskId, [attempt]);
    }
    for (const [id, group] of grouped) this.setAttempts(id, group);
  }

  /** Replaces what is remembered of one task. */
  setAttempts(id: string, attempts: readonly Attempt[]): void {
    this.forgetAttempts(id);
    this.attemptsAt.set(id, [...attempts]);
    this.attemptsKept += attempts.length;
    // A Map keeps the order of insertion, so the first entries are the longest untouched.
    for (const oldest of this.attemptsAt.keys()) {
      if (this.attemptsKept <= ATTEMPTS_KEPT || oldest === id) break;
      this.forgetAttempts(oldest);
    }
  }

  countByState(): Record<SolveState, number> {
    const counts = { new: 0, never: 0, sometimes: 0, always: 0 };
    for (const task of this.all()) counts[solveState(task)]++;
    return counts;
  }

  countByKind(): Record<TaskKind, number> {
    const counts = Object.fromEntries(ALL_KINDS.map((kind) => [kind, 0])) as Record<TaskKind, number>;
    for (const task of this.all()) counts[task.kind]++;
    return counts;
  }

  private keep(task: Task): void {
    this.byId.set(task.id, task);
    this.everyId.set(task.id, task);
  }

  private link(task: Task): void {
    for (const parent of new Set(task.parents)) {
      const children = this.childrenOf.get(parent);
      if (children) children.push(task.id);
      else this.childrenOf.set(parent, [task.id]);
    }
  }

  private forgetAttempts(id: string): void {
    this.attemptsKept -= this.attemptsAt.get(id)?.length ?? 0;
    this.attemptsAt.delete(id);
  }
}
