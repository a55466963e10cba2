/** Names the adapter and runs one session of the bench. */
import { runSession, type SessionPlan, type SessionResults } from '../session.ts';
import { type ArrangementTimes, timeArrangements } from './arrangements.ts';

/** Null asks for the adapter alone, a number for so many rounds of both arrangements. */
export type Question = SessionPlan | number | null;

export interface AdapterName {
  vendor: string;
  architecture: string;
  description: string;
  isFallbackAdapter: boolean;
}

export interface Answer {
  /** Null without one. */
  adapter: AdapterName | null;
  results: SessionResults;
  arrangements: ArrangementTimes | null;
}

self.onmessage = async ({ data }: MessageEvent<Question>) => {
  try {
    const adapter = await nameAdapter();
    const isPlan = typeof data === 'object' && data !== null;
    const results =
      isPlan && adapter ? await runSession(data, (line) => self.postMessage({ say: line })) : {};
    const arrangements = typeof data === 'number' ? await timeArrangements(data) : null;
    self.postMessage({ answer: { adapter, results, arrangements } satisfies Answer });
  } catch (error) {
    self.postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
};

async function nameAdapter(): Promise<AdapterName | null> {
  const adapter = await navigator.gpu?.requestAdapter();
  if (!adapter) return null;
  const { vendor, architecture, description, isFallbackAdapter } = adapter.info;
  return { vendor, architecture, description, isFallbackAdapter: isFallbackAdapter === true };
}
