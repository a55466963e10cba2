/** Whom visitors ask while no run goes on: the base of a set-up, or the reasoner of a kept run. */
import type { Reasoner } from '../reasoner/reasoner.ts';
import type { Seat as SeatAsked } from '../run/protocol.ts';
import type { Answer, Question } from '../run/visit.ts';
import type { Judge } from './asked.ts';
import type { Preparation } from './preparation.ts';
import { BaseError } from './shippedBase.ts';
import { answerFree, answerLone, isLone } from './visitor.ts';

export class Seat {
  /** With whom it is asked for in its place. */
  private readonly reasoner: Promise<Reasoner>;

  /** A kept run's weights go into the engine of `preparation`, which is then its own. */
  constructor(
    private readonly asked: SeatAsked,
    private readonly preparation: Preparation,
  ) {
    this.reasoner = this.sitDown();
    this.reasoner.catch(() => {});
  }

  get isKept(): boolean {
    return this.asked.kept !== null;
  }

  /** Whether whoever is asked for sits here already. */
  fits({ config, device, kept }: SeatAsked): boolean {
    const own = this.asked.kept;
    if (kept || own) return kept?.name === own?.name && kept?.step === own?.step && !kept?.run;
    return this.preparation.fits(config, device);
  }

  /** By the rules of `config`, which may have changed in what does not decide who sits here. Rejects with a plain sentence. */
  async answer(question: Question, { config, sandbox }: Judge): Promise<Answer> {
    const { kept } = this.asked;
    if (isLone(question)) {
      if (question.about !== 'suite') await this.preparation.python;
      return answerLone({ sandbox, config }, question);
    }
    if (question.about === 'gift') return { ok: false, detail: NO_RUN };
    const [reasoner] = await Promise.all([this.reasoner, this.preparation.python]);
    return answerFree({ sandbox, config, reasoner, step: kept?.step ?? 0 }, question);
  }

  dispose(): Promise<void> {
    return this.preparation.dispose();
  }

  private async sitDown(): Promise<Reasoner> {
    const { config, kept } = this.asked;
    const { engine, base } = this.preparation;
    const reasoner = await engine;
    await base;
    if (!kept) {
      if (config.base === 'warm-up') throw new BaseError(NO_BASE);
      return reasoner;
    }
    if (!kept.run) throw new Error('The run that is shown did not come with its weights.');
    if (kept.run.base) await reasoner.load(kept.run.base);
    reasoner.freezeBase();
    await reasoner.load(kept.run.weights);
    return reasoner;
  }
}

const NO_RUN =
  'No run goes on here whose buffer it could enter. Press Start, or go on with the run that is shown, and put it in then.';
const NO_BASE = 'This set-up makes its base in the tab: press Start, and ask when the warm-up is over.';
