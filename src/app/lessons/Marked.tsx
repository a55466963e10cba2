import { useMemo } from 'react';
import { again } from '../../words/words.ts';
import { spansOf } from '../glossary/parse.ts';
import { Spans } from '../glossary/Spans.tsx';

/** A text of a lesson in the reader's language, its marks drawn. */
export function Marked({ text }: { text: string }) {
  const said = again(text);
  const spans = useMemo(() => spansOf(said), [said]);
  return <Spans spans={spans} />;
}
