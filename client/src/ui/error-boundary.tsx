import { Component, type ErrorInfo, type ReactNode } from 'react';
import { ErrorState } from './states.tsx';

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
    return error ? <ErrorState error={error} onRetry={reopen} /> : this.props.children;
  }
}
