import { i18n } from '@lingui/core';
import { I18nProvider, Trans } from '@lingui/react';
import type { ReactElement, ReactNode } from 'react';
import { prepared, type Values } from '../../words/words.ts';

/**
 * A text with parts that are more than text: `<Rich text="Read <link>the paper</link>." parts={{ link: <a href=… /> }} />`.
 * What stands between a part's tags becomes what stands in it.
 */
export function Rich({
  text,
  parts,
  values,
}: {
  text: string;
  parts: Record<string, ReactElement>;
  values?: Values;
}): ReactNode {
  return (
    <I18nProvider i18n={i18n}>
      <Trans id={prepared(text)} components={parts} {...(values && { values })} />
    </I18nProvider>
  );
}
