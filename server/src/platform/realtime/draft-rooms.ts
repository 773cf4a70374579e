import {
  CLIENT_EVENT_ROLES,
  DRAFT_LIMITS,
  type DraftEditor,
  type DraftServerEvents,
  type JoinDraftAnswer,
} from '@xunfang/geo-data/contract';
import type { FastifyBaseLogger } from 'fastify';
import { rolesIn } from '../access/caller.ts';
import type { ConsoleSocket, Io } from './realtime.ts';

/** The module that owns drafts: platform knows none. */
export interface DraftHost {
  /** The bureau and the revision of a draft, undefined where there is none. */
  find(draft: number): Promise<{ bureauId: number; revision: number } | undefined>;
  /** The last window of an account has closed the draft. */
  left(draft: number, account: string): Promise<unknown>;
}

export interface DraftRooms {
  serve(host: DraftHost): void;
  /** To everybody who has the draft open, in every process. */
  tell(draft: number, edits: Parameters<DraftServerEvents['draft:edits']>[0]['edits']): void;
  connect(socket: ConsoleSocket, refusal: (code: string) => { ok: false; code: string; message: string }): void;
}

const DRAFTS_PER_SOCKET = 8;
const PREFIX = 'draft:';
const roomOf = (draft: number) => `${PREFIX}${draft}`;

/** Who has which draft open, and where they point. Edits themselves come and are kept by HTTP; a room only tells of them. */
export function createDraftRooms(
  io: Io,
  { log, guard }: { log: FastifyBaseLogger; guard: (room: string) => void },
): DraftRooms {
  let host: DraftHost | undefined;

  /** In every process; a console that has the draft open twice is there twice. */
  async function editorsOf(draft: number): Promise<DraftEditor[]> {
    const sockets = await io.in(roomOf(draft)).fetchSockets();
    return sockets
      .map(({ id, data }) => ({
        editor: id,
        account: data.caller.username,
        displayName: data.caller.displayName,
      }))
      .sort((a, b) => (a.editor < b.editor ? -1 : 1));
  }

  async function tellEditors(draft: number): Promise<DraftEditor[]> {
    const editors = await editorsOf(draft);
    io.to(roomOf(draft)).emit('draft:editors', { draft, editors });
    return editors;
  }

  async function afterLeaving(draft: number, account: string): Promise<void> {
    const editors = await tellEditors(draft);
    if (editors.every((editor) => editor.account !== account)) await host?.left(draft, account);
  }

  function connect(socket: ConsoleSocket, refusal: (code: string) => { ok: false; code: string; message: string }) {
    const { caller } = socket.data;
    let pointedAt = 0;

    async function join(draft: number): Promise<JoinDraftAnswer> {
      const found = Number.isSafeInteger(draft) && draft > 0 ? await host?.find(draft) : undefined;
      if (found === undefined) return refusal('NOT_FOUND');
      const mayEdit = rolesIn(caller, found.bureauId).some((role) => CLIENT_EVENT_ROLES['draft:join'].includes(role));
      if (!mayEdit) return refusal('BUREAU_REFUSED');
      const open = [...socket.rooms].filter((room) => room.startsWith(PREFIX));
      const isFull =
        (await editorsOf(draft)).length >= DRAFT_LIMITS.editorsPerDraft || open.length >= DRAFTS_PER_SOCKET;
      if (!open.includes(roomOf(draft)) && isFull) return refusal('DRAFT_FULL');
      if (!socket.connected) return refusal('NOT_FOUND');
      await socket.join(roomOf(draft));
      // Read after joining: whatever is stored from now on is told.
      const revision = (await host?.find(draft))?.revision ?? found.revision;
      return { ok: true, revision, editor: socket.id, editors: await tellEditors(draft) };
    }

    const failed = (event: string) => (cause: unknown) => log.error({ err: cause }, `${event} failed`);

    socket.on('draft:join', (message, acknowledge) => {
      if (typeof acknowledge !== 'function') return;
      join(message?.draft).then(acknowledge, (cause: unknown) => {
        failed('draft:join')(cause);
        acknowledge(refusal('DATABASE_DOWN'));
      });
    });
    socket.on('draft:leave', (message) => {
      const draft = message?.draft;
      if (!socket.rooms.has(roomOf(draft))) return;
      void socket.leave(roomOf(draft));
      afterLeaving(draft, caller.username).catch(failed('draft:leave'));
    });
    socket.on('draft:pointer', (message) => {
      const { draft, lon, lat, beat } = message ?? {};
      const at = performance.now();
      if (at - pointedAt < DRAFT_LIMITS.pointerIntervalMs || !socket.rooms.has(roomOf(draft))) return;
      if (!Number.isFinite(lon) || !Number.isFinite(lat) || !(beat === null || Number.isSafeInteger(beat))) return;
      pointedAt = at;
      socket.to(roomOf(draft)).volatile.emit('draft:pointer', { draft, editor: socket.id, lon, lat, beat });
    });
    socket.on('disconnecting', () => {
      const drafts = [...socket.rooms].filter((room) => room.startsWith(PREFIX));
      // The rooms are left right after this event.
      socket.once('disconnect', () => {
        for (const room of drafts)
          afterLeaving(Number(room.slice(PREFIX.length)), caller.username).catch(failed('leaving a draft'));
      });
    });
  }

  return {
    connect,
    serve: (given) => {
      host = given;
    },
    tell: (draft, edits) => {
      if (edits.length === 0) return;
      io.to(roomOf(draft)).emit('draft:edits', { draft, edits: [...edits] });
      guard(roomOf(draft));
    },
  };
}
