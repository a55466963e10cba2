import type { Attempt } from '../tasks/task.ts';

/** Attempts kept for one task; a task that is replayed for ever would otherwise hold them all. */
const PER_TASK = 64;
/** Attempts kept in all; about 100 MB of text at worst. */
const IN_ALL = 100_000;

/** The latest attempts at every task, for whoever opens one on the page. Forgets the oldest tasks first. */
export class AttemptArchive {
  private readonly byTask = new Map<string, Attempt[]>();
  private count = 0;

  add(attempts: readonly Attempt[]): void {
    for (const attempt of attempts) {
      const known = this.byTask.get(attempt.taskId) ?? [];
      // Put back at the end: the map's order is the order of the latest attempt.
      this.byTask.delete(attempt.taskId);
      this.byTask.set(attempt.taskId, known);
      known.push(attempt);
      if (known.length > PER_TASK) known.shift();
      else this.count++;
    }
    for (const [id, known] of this.byTask) {
      if (this.count <= IN_ALL) break;
      this.byTask.delete(id);
      this.count -= known.length;
    }
  }

  /** The kept attempts at a task, from the oldest on. */
  of(taskId: string): Attempt[] {
    return this.byTask.get(taskId) ?? [];
  }
}
