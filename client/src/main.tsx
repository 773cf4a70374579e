import './ui/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './connection/index.ts';
import { currentLanguage, LOCALE } from './i18n/index.ts';
import { App } from './shell/app.tsx';
import { startDisplay } from './ui/display.ts';

startDisplay();
document.documentElement.lang = LOCALE[currentLanguage()];

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element #root.');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
