import { DRAFT_LIMITS, type DraftEditor } from '@xunfang/geo-data/contract';
import { onReconnect, onServerEvent, tellServer, tellServerNow } from '../../connection/index.ts';

/** Where another editor's hand is. */
export interface OtherPointer {
  editor: string;
  displayName: string;
  lon: number;
  lat: number;
  /** Key of the beat being painted; null when nothing is. */
  beat: number | null;
}

export interface Presence {
  /** One's own hand, sent as often as the server takes it. */
  move(lon: number, lat: number, beat: number | null): void;
  stop(): void;
}

/** A pointer that says nothing for this long has left the map. */
const FORGET_MS = 8000;

/** Joins the draft: from now on others see this console, and it sees them. */
export function joinDraft(deps: {
  draftId: number;
  onJoined: (revision: number) => void;
  /** The others, without this console. */
  onEditors: (editors: readonly DraftEditor[]) => void;
  onPointers: (pointers: readonly OtherPointer[]) => void;
}): Presence {
  const { draftId } = deps;
  let own: string | null = null;
  let editors: readonly DraftEditor[] = [];
  const pointers = new Map<string, OtherPointer & { atMs: number }>();
  let sentAtMs = 0;
  let waiting: number | undefined;

  const others = (list: readonly DraftEditor[]) => list.filter(({ editor }) => editor !== own);
  const tellPointers = () => deps.onPointers([...pointers.values()]);
  const setEditors = (list: readonly DraftEditor[]) => {
    editors = others(list);
    for (const editor of pointers.keys()) if (!editors.some((one) => one.editor === editor)) pointers.delete(editor);
    deps.onEditors(editors);
    tellPointers();
  };
  const join = () =>
    tellServer('draft:join', { draft: draftId }, (answer) => {
      if (!answer.ok) {
        console.warn(`draft:join ${answer.code}: ${answer.message}`);
        return;
      }
      own = answer.editor;
      setEditors(answer.editors);
      deps.onJoined(answer.revision);
    });
  const stops = [
    onReconnect(join),
    onServerEvent('draft:editors', (message) => message.draft === draftId && setEditors(message.editors)),
    onServerEvent('draft:pointer', ({ draft, editor, lon, lat, beat }) => {
      const who = editors.find((one) => one.editor === editor);
      if (draft !== draftId || !who) return;
      pointers.set(editor, { editor, displayName: who.displayName, lon, lat, beat, atMs: Date.now() });
      tellPointers();
    }),
  ];
  const sweep = window.setInterval(() => {
    const before = pointers.size;
    for (const [editor, { atMs }] of pointers) if (Date.now() - atMs > FORGET_MS) pointers.delete(editor);
    if (pointers.size !== before) tellPointers();
  }, 1000);
  join();

  return {
    move(lon, lat, beat) {
      if (editors.length === 0) return;
      window.clearTimeout(waiting);
      const send = () => {
        sentAtMs = Date.now();
        tellServerNow('draft:pointer', { draft: draftId, lon, lat, beat });
      };
      const dueMs = sentAtMs + DRAFT_LIMITS.pointerIntervalMs * 1.2 - Date.now();
      if (dueMs <= 0) send();
      // The last place counts: it is where the hand rests.
      else waiting = window.setTimeout(send, dueMs);
    },
    stop() {
      window.clearInterval(sweep);
      window.clearTimeout(waiting);
      for (const stop of stops) stop();
      tellServer('draft:leave', { draft: draftId });
    },
  };
}
