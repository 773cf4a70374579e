import { Component, type ErrorInfo, type ReactNode } from 'react';
import { useMessages } from '../i18n/index.ts';
import { Button } from './button.tsx';
import { uiMessages } from './messages.ts';
import { EmptyState } from './states.tsx';

interface Props {
  children: ReactNode;
  /** A new value tries again: the workspace, the selection. */
  resetKey?: string;
  /** Before trying again at somebody's click: forget what was kept of the failure. */
  onReopen?: () => void;
}
interface State {
  error: Error | null;
}

/** A part that fails does not take the console with it. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override componentDidUpdate(before: Props): void {
    if (this.state.error && before.resetKey !== this.props.resetKey) this.setState({ error: null });
  }

  override render(): ReactNode {
    const { error } = this.state;
    const reopen = () => {
      this.props.onReopen?.();
      this.setState({ error: null });
    };
    return error ? <Crashed error={error} reopen={reopen} /> : this.props.children;
  }
}

function Crashed({ error, reopen }: { error: Error; reopen: () => void }) {
  const t = useMessages(uiMessages);
  return (
    <EmptyState title={t('crashed')} action={<Button onClick={reopen}>{t('reopen')}</Button>}>
      {t('crashedFix')}
      <br />
      <code>{error.message}</code>
    </EmptyState>
  );
}
