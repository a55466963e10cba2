import type { Answers, Question } from '../../run/visit.ts';
import { usePage } from '../context.tsx';

/** Asks the reasoner or Python something beside the run, or with what would be started where there is none. */
export function useAsk(): <Q extends Question>(question: Q) => Promise<Answers[Q['about']]> {
  const { client, keeper, session } = usePage();
  return (question) => {
    const { config, device, ownBase } = keeper.shelf.getState().setup ?? session.getState();
    const own = ownBase && { sha256: ownBase.sha256, fetch: () => keeper.weightsOf(ownBase) };
    return client.ask(question, { config, device, own });
  };
}

/** What went wrong, as a sentence. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
