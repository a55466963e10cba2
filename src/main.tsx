// Ground rules first: the views' own styles come after them.
import './app/theme.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { createPage, PageProvider } from './app/context.tsx';
import { adoptKindColours } from './app/kindColours.ts';
import { ErrorBoundary } from './app/notices/ErrorBoundary.tsx';

adoptKindColours();
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <ErrorBoundary>
      <PageProvider page={createPage()}>
        <App />
      </PageProvider>
    </ErrorBoundary>
  </StrictMode>,
);
