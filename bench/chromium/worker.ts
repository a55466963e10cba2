/** Names the adapter and runs one session of the bench. */
import { runSession, type SessionPlan, type SessionResults } from '../session.ts';

/** Null asks for the adapter alone. */
export type Question = SessionPlan | null;

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
}

self.onmessage = async ({ data }: MessageEvent<Question>) => {
  try {
    const adapter = await nameAdapter();
    const results = data && adapter ? await runSession(data, (line) => self.postMessage({ say: line })) : {};
    self.postMessage({ answer: { adapter, results } satisfies Answer });
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
