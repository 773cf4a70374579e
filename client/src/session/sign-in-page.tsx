import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { ApiError } from '../connection/index.ts';
import { useMessages } from '../i18n/index.ts';
import { Button, Icon, IconButton, TextField } from '../ui/index.ts';
import { LanguageButton, ThemeButton } from '../ui/page-settings.tsx';
import { sessionMessages } from './messages.ts';
import { askSession, signIn, useSessionStore } from './session-store.ts';
import styles from './sign-in.module.css';
import { SignInScene } from './sign-in-scene.tsx';

const RETRY_MS = 5000;

export function SignInPage() {
  const t = useMessages(sessionMessages);
  return (
    <main className={styles.page}>
      <div className={styles.scene}>
        <SignInScene />
        <div className={styles.brand}>
          <h1 className={styles.product}>{t('product')}</h1>
          <p className={styles.tagline}>{t('tagline')}</p>
        </div>
      </div>
      <div className={styles.side}>
        <div className={styles.settings}>
          <ThemeButton />
          <LanguageButton />
        </div>
        <SignInForm />
        <p className={styles.foot}>{t('notice')}</p>
      </div>
    </main>
  );
}

function SignInForm() {
  const t = useMessages(sessionMessages);
  const { status, ended } = useSessionStore();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [revealed, setRevealed] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const passwordField = useRef<HTMLDivElement>(null);
  const unreachable = status === 'unreachable';
  useEffect(() => {
    if (!unreachable) return;
    const timer = window.setInterval(() => void askSession(), RETRY_MS);
    return () => window.clearInterval(timer);
  }, [unreachable]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!username || !password) return;
    setBusy(true);
    setError(null);
    try {
      await signIn({ username: username.trim(), password });
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setError(failure);
      setPassword('');
      setChecked(false);
      passwordField.current?.querySelector('input')?.focus();
    } finally {
      setBusy(false);
    }
  };
  const noteCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'));
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <h2 className={styles.heading}>{t('signIn')}</h2>
      {error ? (
        <Notice title={error.message} fix={error.fix} />
      ) : unreachable ? (
        <Notice title={t('unreachable')} fix={t('unreachableFix')} />
      ) : ended ? (
        <Notice title={t('ended')} />
      ) : null}
      <TextField
        label={t('username')}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        value={username}
        error={checked && !username ? t('usernameMissing') : undefined}
        onChange={(event) => setUsername(event.target.value)}
      />
      <div className={styles.password} ref={passwordField}>
        <TextField
          label={t('password')}
          name="password"
          type={revealed ? 'text' : 'password'}
          autoComplete="current-password"
          value={password}
          hint={capsLock ? t('capsLock') : undefined}
          error={checked && !password ? t('passwordMissing') : undefined}
          onChange={(event) => setPassword(event.target.value)}
          onKeyUp={noteCapsLock}
        />
        <span className={styles.reveal}>
          <IconButton
            small
            icon={revealed ? 'eyeOff' : 'eye'}
            label={revealed ? t('hidePassword') : t('showPassword')}
            onClick={() => setRevealed(!revealed)}
          />
        </span>
      </div>
      <Button type="submit" tone="primary" disabled={busy}>
        {busy ? t('signingIn') : t('signIn')}
      </Button>
      <p className={styles.foot}>{t('firstSignIn')}</p>
    </form>
  );
}

function Notice({ title, fix }: { title: string; fix?: string }) {
  return (
    <div className={styles.alert} role="alert">
      <Icon name="warning" />
      <strong>{title}</strong>
      {fix ? <span className={styles.fix}>{fix}</span> : null}
    </div>
  );
}
