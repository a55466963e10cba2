import type { Config } from '../config/hyperparameters.ts';
import type { Random } from '../random.ts';
import type { Task } from '../tasks/task.ts';
import type { BufferState } from './savedRun.ts';

export type BufferOptions = Pick<
  Config,
  'bufferCapacity' | 'eviction' | 'textsPerFingerprint' | 'rejectKnownText'
>;

export type Addition =
  | { added: true; evicted: Task | null }
  /** `known`: the same text or enough of the same fingerprint; `full`: the eviction rule let nothing in. */
  | { added: false; why: 'known' | 'full' };

/**
 * The verified tasks of one kind. It holds each text once (unless `rejectKnownText` is off) and at most
 * `textsPerFingerprint` tasks that act alike on the probe inputs, so near-copies cannot flood it.
 */
export class TaskBuffer {
  private readonly byText = new Map<string, Task[]>();
  private readonly fingerprintCounts = new Map<string, number>();
  private readonly list: Task[] = [];
  /** Tasks that were let in or drawn for by the reservoir so far. */
  private offered = 0;
  /** How many of them came before this step, and before the last one. */
  private offeredBefore = { step: 0, last: 0 };

  constructor(
    private readonly options: BufferOptions,
    private readonly random: Random,
  ) {}

  get tasks(): readonly Task[] {
    return this.list;
  }

  get size(): number {
    return this.list.length;
  }

  /** Behaviour keys in the buffer. */
  fingerprints(): Iterable<string> {
    return this.fingerprintCounts.keys();
  }

  /** The task of the same program and inputs, if it is here; the oldest of several. */
  find(task: Pick<Task, 'program' | 'input' | 'examples'>): Task | null {
    return this.byText.get(textOf(task))?.[0] ?? null;
  }

  /** Whether this very task is here. */
  has(task: Task): boolean {
    return this.byText.get(textOf(task))?.includes(task) ?? false;
  }

  /** Marks the beginning of a step, for {@link officialNewest}. */
  startStep(): void {
    this.offeredBefore = { step: this.offered, last: this.offeredBefore.step };
  }

  /**
   * The tasks that the official code takes for those of the step before: it reads as many from the end of the list as
   * were offered then, whether they were let in or not. Once it is full, these are the same tasks for ever.
   */
  officialNewest(): readonly Task[] {
    const count = this.offeredBefore.step - this.offeredBefore.last;
    return count > 0 ? this.list.slice(-count) : [];
  }

  /** Takes a new task in, evicting another when full. */
  add(task: Task): Addition {
    // Seeding never takes a text twice, as in the official code.
    const keepsTextsApart = this.options.rejectKnownText || task.step === 0;
    if (keepsTextsApart && this.find(task)) return { added: false, why: 'known' };
    if ((this.fingerprintCounts.get(task.fingerprint) ?? 0) >= this.options.textsPerFingerprint) {
      return { added: false, why: 'known' };
    }
    this.offered++;
    if (this.list.length < this.options.bufferCapacity) {
      this.list.push(task);
      this.index(task);
      return { added: true, evicted: null };
    }
    const slot = this.slotToEvict();
    if (slot === null) return { added: false, why: 'full' };
    const evicted = this.list[slot] as Task;
    this.forget(evicted);
    // The list begins with the oldest, so that `newest` always evicts from the front.
    this.list.splice(slot, 1);
    this.list.push(task);
    this.index(task);
    return { added: true, evicted };
  }

  state(): BufferState {
    const { offered, offeredBefore, random } = this;
    return {
      tasks: structuredClone(this.list),
      offered,
      offeredBefore: { ...offeredBefore },
      random: random.state(),
    };
  }

  /** Replaces what is here by what {@link state} gave. */
  restore({ tasks, offered, offeredBefore, random }: BufferState): void {
    for (const task of this.list) this.forget(task);
    this.list.splice(0, this.list.length, ...structuredClone(tasks));
    for (const task of this.list) this.index(task);
    this.offered = offered;
    this.offeredBefore = { ...offeredBefore };
    this.random.restore(random);
  }

  private slotToEvict(): number | null {
    switch (this.options.eviction) {
      case 'newest':
        return 0;
      case 'reservoir': {
        // Algorithm R (Vitter 1985): every task ever offered is kept with equal probability.
        const draw = this.random.integer(0, this.offered - 1);
        return draw < this.list.length ? draw : null;
      }
      case 'keep-oldest':
      case 'official-defect':
        return null;
    }
  }

  private index(task: Task): void {
    this.byText.set(textOf(task), [...(this.byText.get(textOf(task)) ?? []), task]);
    this.fingerprintCounts.set(task.fingerprint, (this.fingerprintCounts.get(task.fingerprint) ?? 0) + 1);
  }

  private forget(task: Task): void {
    const others = this.byText.get(textOf(task))?.filter((other) => other !== task) ?? [];
    if (others.length > 0) this.byText.set(textOf(task), others);
    else this.byText.delete(textOf(task));
    const left = (this.fingerprintCounts.get(task.fingerprint) ?? 1) - 1;
    if (left > 0) this.fingerprintCounts.set(task.fingerprint, left);
    else this.fingerprintCounts.delete(task.fingerprint);
  }
}

function textOf({ program, input, examples }: Pick<Task, 'program' | 'input' | 'examples'>): string {
  const inputs = examples ? examples.map((example) => example.input).join('\n') : input;
  return `${program}\0${inputs}`;
}
