/** The page's end of what visitors ask: who waits for which answer. */
import type { Event } from './protocol.ts';
import type { Answer, Answers, Question } from './visit.ts';

/** Those who asked something beside the run. */
export class Visitors {
  private next = 0;
  private readonly waiting = new Map<
    number,
    { resolve(answer: Answer): void; reject(reason: Error): void }
  >();

  ask<Q extends Question>(_question: Q, send: (id: number) => void): Promise<Answers[Q['about']]> {
    const id = this.next++;
    return new Promise((resolve, reject) => {
      // An answer is to the question of its number.
      this.waiting.set(id, { resolve: resolve as (answer: Answer) => void, reject });
      send(id);
    });
  }

  hear(event: Extract<Event, { type: 'answered' | 'unanswered' }>): void {
    const visitor = this.waiting.get(event.id);
    this.waiting.delete(event.id);
    if (event.type === 'answered') visitor?.resolve(event.answer);
    else visitor?.reject(new Error(event.problem));
  }

  /** Sends everybody away. */
  leave(reason: string): void {
    for (const { reject } of this.waiting.values()) reject(new Error(reason));
    this.waiting.clear();
  }
}
