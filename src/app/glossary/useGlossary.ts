import { create } from 'zustand';

interface GlossaryState {
  /** The term that the drawer was opened at, '' for its beginning; null while it is closed. */
  term: string | null;
  /** Opens the drawer at the term of this id, or at its beginning. */
  open: (term?: string) => void;
  close: () => void;
}

/** Whether the glossary is open, and at which term. */
export const useGlossary = create<GlossaryState>()((set) => ({
  term: null,
  open: (term = '') => set({ term }),
  close: () => set({ term: null }),
}));
