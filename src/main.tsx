// Ground rules first: the views' own styles come after them.
import './app/theme.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { createLab, LabProvider } from './app/context.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <LabProvider lab={createLab()}>
      <App />
    </LabProvider>
  </StrictMode>,
);
