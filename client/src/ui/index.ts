export { Button, IconButton } from './button.tsx';
export { CheckboxGroup } from './checkbox-group.tsx';
export { compareNames } from './compare-names.ts';
export { ConfirmDialog } from './confirm-dialog.tsx';
export { CopyButton } from './copy-button.tsx';
export { DataTable, type TableColumn } from './data-table.tsx';
export { Dialog, DialogForm } from './dialog.tsx';
export { setTheme, useDisplay } from './display.ts';
export { ErrorBoundary } from './error-boundary.tsx';
export { FormFailure } from './form-failure.tsx';
export { Segmented, SelectField, Switch, TextAreaField, TextField } from './field.tsx';
export { Figure, FigureRows } from './figure.tsx';
export { activeHotkeys, type Hotkey, useHotkeys } from './hotkeys.ts';
export { Icon, type IconName } from './icon.tsx';
export { ClassLegend, SymbolLegend } from './legend.tsx';
export { splitKeys } from './matches-hotkey.ts';
export { Menu, type MenuEntry } from './menu.tsx';
export { uiMessages } from './messages.ts';
export { Panel, PanelSection } from './panel.tsx';
export { readPreference, writePreference } from './preferences.ts';
export { Progress } from './progress.tsx';
export { Age, RelativeTime } from './relative-time.tsx';
export {
  type SearchItem,
  type SearchProvider,
  searchProviders,
  useSearchProvider,
} from './search-providers.ts';
export { SecretDialog } from './secret-dialog.tsx';
export {
  clearSelection,
  type Selection,
  type SelectionKind,
  select,
  useSelectedId,
  useSelection,
} from './selection.ts';
export { EmptyState, ErrorState, Skeleton, SkeletonRows } from './states.tsx';
export { DemonstrationTag, SimulationTag, Tag } from './tag.tsx';
export { dismissToast, type Toast, toast, useToasts } from './toast-store.ts';
export {
  currentTheme,
  SEQUENTIAL_RAMP,
  type Theme,
  type TokenName,
  token,
} from './tokens.ts';
export { choiceCodec, numberCodec, numberListCodec, textCodec } from './url-codecs.ts';
export { type FilterCodec, updateUrl, useUrlFilter, useUrlState } from './url-state.ts';
export { useMedia } from './use-media.ts';
export { VirtualList } from './virtual-list.tsx';
