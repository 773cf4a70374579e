import { useMessages } from '../i18n/index.ts';
import { mapGestures } from '../map/index.ts';
import { clearSelection, useHotkeys, useUrlState } from '../ui/index.ts';
import { toolMessages } from './messages-tools.ts';
import type { StudioSession } from './studio-session.ts';
import { useStudio } from './studio-store.ts';
import { TOOL_KEYS, TOOL_NAMES } from './tools/tool-names.ts';

const MOST_RINGS = 5;

/** All keys of the studio; `?` lists them. They win over the shell's own while the studio is open. */
export function useStudioKeys(session: StudioSession, editable: boolean): void {
  const t = useMessages(toolMessages);
  const resize = (step: number) =>
    useStudio.setState(({ rings }) => ({ rings: Math.min(MOST_RINGS, Math.max(1, rings + step)) }));
  const step = (by: number) => {
    const { beat } = useStudio.getState();
    const keys = session.view.beats.flatMap(({ removed }, key) => (removed ? [] : [key]));
    if (keys.length === 0) return;
    const at = beat === null ? (by > 0 ? -1 : 0) : keys.indexOf(beat);
    useStudio.setState({ beat: keys[(at + by + keys.length) % keys.length] });
  };
  const escape = () => {
    if (mapGestures.drop()) return;
    const { tool, beat } = useStudio.getState();
    if (useUrlState.getState().selection !== null) clearSelection();
    else if (beat !== null) useStudio.setState({ beat: null });
    else if (tool !== 'select') useStudio.setState({ tool: 'select' });
  };
  useHotkeys([
    ...TOOL_NAMES.map((name) => ({
      keys: TOOL_KEYS[name],
      label: () => t(name),
      group: 'workspace' as const,
      run: () => useStudio.setState({ tool: name }),
    })),
    { keys: '[', label: () => t('smaller'), group: 'workspace', run: () => resize(-1) },
    { keys: ']', label: () => t('larger'), group: 'workspace', run: () => resize(1) },
    { keys: 'n', label: () => t('nextBeat'), group: 'workspace', run: () => step(1) },
    { keys: 'p', label: () => t('previousBeat'), group: 'workspace', run: () => step(-1) },
    { keys: 'mod+z', label: () => t('undo'), group: 'workspace', run: () => editable && session.undo() },
    { keys: 'mod+y', label: () => t('redo'), group: 'workspace', run: () => editable && session.redo() },
    { keys: 'mod+shift+z', label: () => t('redo'), group: 'workspace', run: () => editable && session.redo() },
    {
      keys: ' ',
      label: () => t('pan'),
      group: 'workspace',
      run: (event) => {
        if (event.repeat) return;
        mapGestures.pan(true);
        const listening = new AbortController();
        const end = () => {
          mapGestures.pan(false);
          listening.abort();
        };
        window.addEventListener('keyup', ({ key }) => key === ' ' && end(), { signal: listening.signal });
        // Nobody hears the key go up elsewhere.
        window.addEventListener('blur', end, { signal: listening.signal });
      },
    },
    { keys: 'Escape', label: () => t('escape'), group: 'workspace', run: escape },
  ]);
}
