import { useMemo } from 'react';
import { currentLanguage, setLanguage, translate, useMessages } from '../i18n/index.ts';
import { mapCamera } from '../map/index.ts';
import { sessionMessages, signOut, useBureau } from '../session/index.ts';
import {
  clearSelection,
  currentTheme,
  type Hotkey,
  type SearchProvider,
  setTheme,
  useHotkeys,
  useSearchProvider,
} from '../ui/index.ts';
import { shellMessages } from './messages.ts';
import { openWorkspace } from './navigation.ts';
import { openOverlay } from './overlays.ts';
import { toggleLayers, togglePanel } from './panel-layout.ts';
import type { Workspace } from './workspace.ts';

interface Command {
  id: string;
  label: () => string;
  run: () => void;
  keys?: string;
  group: Hotkey['group'];
  whileTyping?: boolean;
  /** Keys without a line in the palette. */
  hidden?: boolean;
}

/** What the frame itself can do, by key and through the palette. */
export function useShellCommands(workspaces: readonly Workspace[]): void {
  const bureau = useBureau();
  const t = useMessages(shellMessages);
  const commands = useMemo(() => {
    const own = translate(sessionMessages);
    const list: Command[] = [
      ...workspaces.map(
        (workspace): Command => ({
          id: workspace.id,
          label: () => t('openWorkspace', { name: t(workspace.id) }),
          run: () => openWorkspace(workspace.id),
          keys: workspace.hotkey,
          group: 'general',
        }),
      ),
      {
        id: 'palette',
        label: () => t('search'),
        run: () => openOverlay('palette'),
        keys: 'mod+k',
        group: 'general',
        whileTyping: true,
        hidden: true,
      },
      { id: 'keys', label: () => t('keys'), run: () => openOverlay('keys'), keys: '?', group: 'general' },
      {
        id: 'clear',
        label: () => t('clearSelection'),
        run: clearSelection,
        keys: 'Escape',
        group: 'general',
        hidden: true,
      },
      { id: 'left', label: () => t('toggleLeft'), run: () => togglePanel('left'), keys: '[', group: 'general' },
      { id: 'right', label: () => t('toggleRight'), run: () => togglePanel('right'), keys: ']', group: 'general' },
      { id: 'bottom', label: () => t('toggleBottom'), run: () => togglePanel('bottom'), keys: '\\', group: 'general' },
      { id: 'layers', label: () => t('toggleLayers'), run: toggleLayers, keys: 'l', group: 'map' },
      {
        id: 'fit',
        label: () => t('fitBureau'),
        run: () => mapCamera.fitBounds(bureau.bounds),
        keys: 'f',
        group: 'map',
      },
      { id: 'in', label: () => t('zoomIn'), run: () => mapCamera.zoomBy(1), keys: '+', group: 'map', hidden: true },
      { id: 'out', label: () => t('zoomOut'), run: () => mapCamera.zoomBy(-1), keys: '-', group: 'map', hidden: true },
      {
        id: 'theme',
        label: () => (currentTheme() === 'dark' ? t('light') : t('dark')),
        run: () => setTheme(currentTheme() === 'dark' ? 'light' : 'dark'),
        group: 'general',
      },
      {
        id: 'language',
        label: () => t('language'),
        run: () => setLanguage(currentLanguage() === 'zh' ? 'en' : 'zh'),
        group: 'general',
      },
      { id: 'signOut', label: () => own('signOut'), run: () => void signOut(), group: 'general' },
    ];
    return list;
  }, [workspaces, bureau.bounds, t]);

  useHotkeys(
    commands.flatMap(({ keys, label, group, run, whileTyping }) =>
      keys ? [{ keys, label, group, run, whileTyping }] : [],
    ),
  );
  const provider = useMemo<SearchProvider>(
    () => ({
      title: () => translate(shellMessages)('commands'),
      search: (text) =>
        commands
          .filter((command) => !command.hidden && command.label().toLowerCase().includes(text.toLowerCase()))
          .map((command) => ({
            key: command.id,
            label: command.label(),
            detail: command.keys?.toUpperCase(),
            run: command.run,
          })),
    }),
    [commands],
  );
  useSearchProvider('commands', provider);
}
