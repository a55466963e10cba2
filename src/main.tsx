// Ground rules first: the views' own styles come after them.
import './app/theme.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { createPage, PageProvider } from './app/context.tsx';
import { adoptKindColours } from './app/kindColours.ts';
import { beginLanguage, Spoken } from './app/language/Spoken.tsx';
import { ErrorBoundary } from './app/notices/ErrorBoundary.tsx';

adoptKindColours();
const unspoken = await beginLanguage(location.search);
const page = await createPage();
page.session.setState(({ problems }) => ({ problems: [...problems, ...unspoken] }));
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <ErrorBoundary>
      <PageProvider page={page}>
        <Spoken>
          <App />
        </Spoken>
      </PageProvider>
    </ErrorBoundary>
  </StrictMode>,
);
