import { useMessages } from '../../i18n/index.ts';
import { Icon, type IconName, IconButton } from '../../ui/index.ts';
import { toolMessages } from '../messages-tools.ts';
import type { StudioSession } from '../studio-session.ts';
import { useStudio, useTool } from '../studio-store.ts';
import { isUsable, TOOL_KEYS, TOOL_NAMES, type ToolName } from '../tools/tool-names.ts';
import styles from './palette.module.css';

const ICONS: Record<ToolName, IconName> = {
  select: 'cursor',
  brush: 'brush',
  rectangle: 'rectangle',
  lasso: 'lasso',
  fill: 'fill',
  boundary: 'boundary',
  split: 'split',
  merge: 'merge',
  lock: 'lock',
  comment: 'comment',
};
const RINGED: ReadonlySet<ToolName> = new Set(['brush', 'boundary', 'lock']);
const RINGS = [1, 2, 3, 4, 5];

/** All tools with their keys, the size of the brush, undo and redo. Exactly one tool is pressed. */
export function ToolPalette({ session, editable }: { session: StudioSession; editable: boolean }) {
  const t = useMessages(toolMessages);
  const tool = useTool(editable);
  const rings = useStudio((state) => state.rings);
  const canUndo = useStudio((state) => state.canUndo);
  const canRedo = useStudio((state) => state.canRedo);
  return (
    <div className={styles.palette} role="toolbar" aria-label={t('tools')} aria-orientation="vertical">
      <div className={styles.group} role="radiogroup" aria-label={t('tools')}>
        {TOOL_NAMES.map((name) => (
          <button
            key={name}
            type="button"
            role="radio"
            aria-checked={tool === name}
            aria-label={t(name)}
            title={`${t(name)} (${TOOL_KEYS[name].toUpperCase()})\n${t(`${name}Hint`)}`}
            className={styles.tool}
            disabled={!isUsable(name, editable)}
            onClick={() => useStudio.setState({ tool: name })}
          >
            <Icon name={ICONS[name]} />
            <kbd>{TOOL_KEYS[name].toUpperCase()}</kbd>
          </button>
        ))}
      </div>
      {RINGED.has(tool) ? (
        <div className={styles.group} role="radiogroup" aria-label={t('brushSize')}>
          {RINGS.map((size) => (
            <button
              key={size}
              type="button"
              role="radio"
              aria-checked={rings === size}
              aria-label={t('rings', { count: size })}
              title={`${t('rings', { count: size })} ([ ])`}
              className={styles.size}
              onClick={() => useStudio.setState({ rings: size })}
            >
              <span style={{ width: `${0.21 + size * 0.16}rem`, height: `${0.21 + size * 0.16}rem` }} />
            </button>
          ))}
        </div>
      ) : null}
      <div className={styles.group}>
        <IconButton
          icon="undo"
          label={`${t('undo')} (Ctrl Z)`}
          disabled={!canUndo || !editable}
          onClick={() => session.undo()}
        />
        <IconButton
          icon="redo"
          label={`${t('redo')} (Ctrl Shift Z)`}
          disabled={!canRedo || !editable}
          onClick={() => session.redo()}
        />
      </div>
    </div>
  );
}
