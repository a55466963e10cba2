/** How long the stages of a step are shown, and when: slow motion tells a step after it has been worked out. */
import type { LoopEvent } from '../selfplay/events.ts';
import type { WatchEvent } from '../watch/events.ts';
import type { Watch } from '../watch/watch.ts';
import type { RunControl } from './control.ts';

type PhaseEvent = Extract<LoopEvent, { type: 'phase' }>;

export class SlowMotion {
  /** This step is told when it has been judged. */
  private isRetold = false;

  /** `secondsPerStage`: 0 shows stages as they come. */
  constructor(
    public secondsPerStage: number,
    private readonly control: Pick<RunControl, 'checkpoint' | 'linger'>,
    private readonly watch: Pick<Watch, 'retell'>,
    private readonly show: (event: WatchEvent) => void,
  ) {}

  /** Which task is worth following, only the verdicts say: until then the first stage is lit, and others wait. */
  isToldLater(event: LoopEvent, shown: WatchEvent): boolean {
    if (event.type !== 'phase' || shown.type !== 'stage' || event.record.step === 0) return false;
    const isFirst = event.phase === 'propose' && event.at === 'begin';
    if (isFirst) this.isRetold = this.secondsPerStage > 0;
    return !isFirst && this.isUntold(event);
  }

  /** Gives a phase the time that its stage is shown; after the verdicts, all stages so far. */
  async pass(event: PhaseEvent): Promise<void> {
    const { record, phase, at } = event;
    if (!this.isUntold(event)) return this.pause(record.step);
    if (phase !== 'judge' || at === 'begin') return this.control.checkpoint(false);
    for (const shown of this.watch.retell(record)) {
      this.show(shown);
      await this.pause(record.step);
    }
  }

  private isUntold({ record, phase }: PhaseEvent): boolean {
    return this.isRetold && record.step > 0 && phase !== 'update' && phase !== 'evaluate';
  }

  /** Stages come twice, when they begin and when they end: each time half of what a stage is shown. */
  private async pause(step: number): Promise<void> {
    const isSlow = this.secondsPerStage > 0;
    if (step > 0 && isSlow) await this.control.linger(this.secondsPerStage / 2);
    await this.control.checkpoint(step === 0 || isSlow);
  }
}
