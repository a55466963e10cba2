/** The reasoner of a run that goes on outside of the page: PyTorch, TRL and perhaps Ray, asked over a line. */
import type {
  Reasoner,
  ReasonerConfig,
  ReasonerMemory,
  Rollout,
  SampleOptions,
  TrainingSequence,
  UpdateOptions,
  UpdateReport,
} from '../../src/reasoner/reasoner.ts';
import type { Line } from './line.ts';
import type { Places } from './places.ts';

type Sequences = readonly { prompt: readonly number[]; response: readonly number[] }[];

export class RemoteReasoner implements Reasoner {
  /** For the files: it computes on neither of the page's own backends, and needs no graphics card. */
  readonly backend = 'cpu';
  private places: Places = {};

  /** `device`: what computes, for people, e.g. "PyTorch 2.15.0, TRL 1.16.0". */
  constructor(
    readonly config: ReasonerConfig,
    readonly device: string,
    private readonly line: Line,
  ) {}

  /** What the next update learns from: its rewards, which GRPO makes advantages of itself. */
  expect(places: Places): void {
    this.places = places;
  }

  sample(
    prompts: readonly (readonly number[])[],
    { onProgress: _, ...options }: SampleOptions,
  ): Promise<Rollout[]> {
    if (prompts.length === 0) return Promise.resolve([]);
    return this.line.ask('sample', { prompts, ...options });
  }

  /** One step of TRL's trainer on the places; the sequences are the same without those that have no gradient. */
  update(_sequences: readonly TrainingSequence[], options: UpdateOptions): Promise<UpdateReport> {
    const { places } = this;
    this.places = {};
    return this.line.ask('update', { places, ...options });
  }

  logprobs(sequences: Sequences, temperature: number): Promise<number[][]> {
    return this.line.ask('logprobs', { sequences: bare(sequences), temperature });
  }

  klToBase(sequences: Sequences, temperature: number): Promise<number> {
    return this.line.ask('klToBase', { sequences: bare(sequences), temperature });
  }

  /** Python keeps the order of what it is asked, so that nobody need wait for it. */
  freezeBase(): void {
    void this.line.ask('freezeBase');
  }

  async save(): Promise<Uint8Array> {
    return unpack(await this.line.ask<string>('save'));
  }

  async load(safetensors: Uint8Array): Promise<void> {
    await this.line.ask('load', { bytes: pack(safetensors) });
  }

  async saveOptimizer(): Promise<Uint8Array> {
    return unpack(await this.line.ask<string>('saveOptimizer'));
  }

  async loadOptimizer(safetensors: Uint8Array): Promise<void> {
    await this.line.ask('loadOptimizer', { bytes: pack(safetensors) });
  }

  /** Python counts its own memory; the page's tensors are none of its. */
  memory(): ReasonerMemory {
    return { tensors: 0, bytes: 0 };
  }

  /** What fails in Python ends the run. */
  onFault(): void {}

  dispose(): void {}
}

function bare(sequences: Sequences): Sequences {
  return sequences.map(({ prompt, response }) => ({ prompt, response }));
}

function pack(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

function unpack(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}
