import { create } from 'zustand';

export interface Toast {
  id: number;
  tone: 'plain' | 'done' | 'warn' | 'error';
  text: string;
  detail?: string;
  /** Acting at once and offering this beats asking first. */
  undo?: () => void;
  lastsMs: number;
}

export const useToasts = create<{ toasts: readonly Toast[] }>(() => ({ toasts: [] }));
let nextId = 1;

/** Says something once, below the map. Errors stay until dismissed. Returns its id. */
export function toast(text: string, options: Partial<Omit<Toast, 'id' | 'text'>> = {}): number {
  const tone = options.tone ?? 'plain';
  const item: Toast = {
    lastsMs: tone === 'error' ? Infinity : options.undo ? 8000 : 4000,
    ...options,
    tone,
    text,
    id: nextId++,
  };
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts.slice(-3), item] }));
  if (Number.isFinite(item.lastsMs)) window.setTimeout(() => dismissToast(item.id), item.lastsMs);
  return item.id;
}

export function dismissToast(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((item) => item.id !== id) }));
}
