import { useEffect } from 'react';
import { useMessages } from '../i18n/index.ts';
import { preloadMap } from '../map/index.ts';
import { askSession, SignInPage, useSessionStore } from '../session/index.ts';
import { ErrorBoundary } from '../ui/index.ts';
import { Console } from './console.tsx';
import styles from './frame.module.css';
import { shellMessages } from './messages.ts';

export function App() {
  const t = useMessages(shellMessages);
  const status = useSessionStore((state) => state.status);
  useEffect(() => {
    void askSession();
    preloadMap();
  }, []);
  return (
    <ErrorBoundary resetKey={status}>
      {status === 'signedIn' ? (
        <Console />
      ) : status === 'asking' ? (
        <div className={styles.splash} role="status">
          {t('asking')}
        </div>
      ) : (
        <SignInPage />
      )}
    </ErrorBoundary>
  );
}
