/** When visitors are answered: beside a run as soon as the reasoner is free, so that no step is another for it. */
import type { Reasoner } from '../reasoner/reasoner.ts';
import type { Answer, Gift, Question } from '../run/visit.ts';
import type { TakeGift } from '../selfplay/events.ts';
import type { Valid } from '../tasks/kind.ts';
import type { TaskKind } from '../tasks/task.ts';
import type { Judge } from './asked.ts';
import type { RunControl } from './control.ts';
import { answerFree, answerLone, isLone, judgeWriting } from './visitor.ts';

/** What became of a gift, in words; `over` where the buffers are out of reach for good. */
const GIFT_TEXT = {
  known: 'The buffer holds this task already, or enough tasks that act like it.',
  full: 'The buffer is full, and by its rule of eviction nothing new enters.',
  off: 'This run has no tasks of this kind.',
  over: 'This run takes no task any more: it has ended, or does not learn from its buffer. Runs lets it go on for more steps.',
} as const;

/** The visitors of one run. */
export class Visits {
  /** What was asked before the base was there and frozen; null since then. */
  private early: ((reasoner: Reasoner) => Promise<void>)[] | null = [];
  private reasoner: Reasoner | null = null;
  /** After the last step visitors are answered one after the other. */
  private afterEnd: Promise<void> | null = null;
  /** Puts tasks into the buffers; null within a step. */
  private take: TakeGift | null = null;
  /** Gifts that wait for the next time between two steps; null where there will be none. */
  private gifts: (() => Promise<void>)[] | null = [];

  /** `step` says how many steps the reasoner has learned from, `keep` has the run kept as it is between two of them. */
  constructor(
    private readonly control: RunControl,
    private readonly judge: Judge,
    private readonly step: () => number,
    private readonly keep: () => Promise<void>,
  ) {}

  async answer(question: Question): Promise<Answer> {
    if (isLone(question)) return answerLone(this.judge, question);
    if (question.about === 'gift') {
      const written = await judgeWriting(this.judge, question.writing);
      return written.ok ? this.give(question.writing.kind, written) : written;
    }
    return this.whenFree((reasoner) => answerFree({ ...this.judge, reasoner, step: this.step() }, question));
  }

  /** The base is there, and where the run was kept its own weights: from now on there is somebody to ask. */
  open(reasoner: Reasoner): void {
    const { early } = this;
    if (!early) return;
    this.early = null;
    this.reasoner = reasoner;
    for (const errand of early) this.control.whenIdle(() => errand(reasoner));
  }

  /** Between two steps, until {@link leave}; `take` is null in a run that does not learn from its buffers. */
  async enter(take: TakeGift | null): Promise<void> {
    this.take = take;
    if (take === null) await this.closeGifts();
    else await this.takeGifts();
  }

  leave(): void {
    this.take = null;
  }

  /** After the last step: whoever waits still is answered. */
  async end(): Promise<void> {
    await this.closeGifts();
    this.afterEnd = this.control.runErrands();
    await this.afterEnd;
  }

  private whenFree<T>(work: (reasoner: Reasoner) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      // An errand of the run must not fail: the run would fail with it.
      const errand = (reasoner: Reasoner) => work(reasoner).then(resolve, reject);
      if (this.early) this.early.push(errand);
      else if (this.afterEnd) this.afterEnd = this.afterEnd.then(() => errand(this.reasoner!));
      else this.control.whenIdle(() => errand(this.reasoner!));
    });
  }

  private give(kind: TaskKind, valid: Valid): Promise<Gift> {
    const { gifts } = this;
    if (!gifts) return Promise.resolve({ ok: false, detail: GIFT_TEXT.over });
    return new Promise((resolve, reject) => {
      gifts.push(() => this.put(kind, valid).then(resolve, reject));
      // Where the run rests between two steps this is the time; else it comes with the next one.
      this.control.whenIdle(async () => {
        if (this.take) await this.takeGifts();
      });
    });
  }

  private async put(kind: TaskKind, valid: Valid): Promise<Gift> {
    const taken = this.take ? await this.take(kind, valid) : 'over';
    if (typeof taken === 'string') return { ok: false, detail: GIFT_TEXT[taken] };
    await this.keep();
    return { ok: true, id: taken.id };
  }

  private async takeGifts(): Promise<void> {
    for (const gift of this.gifts?.splice(0) ?? []) await gift();
  }

  private async closeGifts(): Promise<void> {
    this.take = null;
    await this.takeGifts();
    this.gifts = null;
  }
}
