import type { DraftPlan } from '@xunfang/geo-data/beats';
import type { PlanComment, StoredDraftEdit } from '@xunfang/geo-data/contract';
import { sql } from 'kysely';
import type { Db } from '../platform/index.ts';

export interface DraftRow {
  revision: number;
  drawnRevision: number;
  digest: string;
  plan: DraftPlan;
}

/** What is edited, its history, and what was said about it. The methods take the pool or a transaction. */
export function draftsRepository(db: Db) {
  const rowOf = (planId: number) => db.selectFrom('plan_draft').selectAll().where('plan_id', '=', planId);
  const edits = (planId: number) => db.selectFrom('draft_edit').selectAll().where('plan_id', '=', planId);
  const comments = () => db.selectFrom('plan_comment').selectAll();

  return {
    byId: async (planId: number): Promise<DraftRow | undefined> => {
      const row = await rowOf(planId).executeTakeFirst();
      return row && draftRow(row);
    },

    /** undefined: nobody has opened it yet. */
    revision: async (planId: number): Promise<number | undefined> =>
      (await db.selectFrom('plan_draft').select('revision').where('plan_id', '=', planId).executeTakeFirst())?.revision,

    /** Whoever edits or submits the draft waits here until the transaction before has ended. */
    lock: async (planId: number): Promise<DraftRow | undefined> => {
      const row = await rowOf(planId).forUpdate().executeTakeFirst();
      return row && draftRow(row);
    },

    /** Does nothing when it is there. */
    create: (planId: number, digest: string, plan: DraftPlan) =>
      db
        .insertInto('plan_draft')
        .values({ plan_id: planId, atom_digest: digest, ...columnsOf(plan) })
        .onConflict((conflict) => conflict.column('plan_id').doNothing())
        .execute(),

    save: (planId: number, revision: number, plan: DraftPlan) =>
      db
        .updateTable('plan_draft')
        .set({ revision, ...columnsOf(plan) })
        .where('plan_id', '=', planId)
        .execute(),

    setDrawn: (planId: number, revision: number) =>
      db.updateTable('plan_draft').set({ drawn_revision: revision }).where('plan_id', '=', planId).execute(),

    /** Ascending from the one after `after`. */
    editsAfter: async (planId: number, after: number, limit: number): Promise<StoredDraftEdit[]> =>
      (await edits(planId).where('revision', '>', after).orderBy('revision').limit(limit).execute()).map(storedEdit),

    editsById: async (planId: number, ids: readonly string[]): Promise<StoredDraftEdit[]> =>
      (await edits(planId).where('edit_id', 'in', ids).execute()).map(storedEdit),

    addEdits: async (planId: number, stored: readonly StoredDraftEdit[]): Promise<void> => {
      await db
        .insertInto('draft_edit')
        .values(
          stored.map((edit) => ({
            plan_id: planId,
            revision: edit.revision,
            edit_id: edit.id,
            author: edit.author,
            at: edit.at,
            tool: edit.tool,
            paint: edit.paint,
            operations: edit.operations,
            undo_of: edit.undoOf,
            overridden: edit.overridden,
          })),
        )
        .execute();
    },

    authors: async (planId: number): Promise<string[]> =>
      (
        await db.selectFrom('draft_author').select('author').where('plan_id', '=', planId).orderBy('author').execute()
      ).map(({ author }) => author),

    addAuthor: (planId: number, author: string) =>
      db
        .insertInto('draft_author')
        .values({ plan_id: planId, author, audited_revision: 0 })
        .onConflict((conflict) => conflict.doNothing())
        .execute(),

    /** Strokes of an author that the audit does not sum up yet; marks them as summed up. */
    async takeUnauditedStrokes(planId: number, author: string) {
      const [before] = await db
        .selectFrom('draft_author')
        .select('audited_revision')
        .where('plan_id', '=', planId)
        .where('author', '=', author)
        .forUpdate()
        .execute();
      if (before === undefined) return undefined;
      const { rows } = await sql<{ strokes: number; atoms: number; first: number | null; last: number | null }>`
        SELECT count(*)::int AS strokes, coalesce(sum(jsonb_array_length(paint->'atoms')), 0)::int AS atoms,
          min(revision) AS first, max(revision) AS last
        FROM draft_edit WHERE plan_id = ${planId} AND author = ${author} AND revision > ${before.audited_revision}
          AND paint IS NOT NULL`.execute(db);
      const [{ strokes, atoms, first, last }] = rows;
      if (first === null || last === null) return undefined;
      await db
        .updateTable('draft_author')
        .set({ audited_revision: last })
        .where('plan_id', '=', planId)
        .where('author', '=', author)
        .execute();
      return { strokes, atoms, fromRevision: first, toRevision: last };
    },

    comments: async (planId: number): Promise<PlanComment[]> =>
      (await comments().where('plan_id', '=', planId).orderBy('id').execute()).map(commentView),

    comment: async (id: number): Promise<PlanComment | undefined> => {
      const row = await comments().where('id', '=', id).executeTakeFirst();
      return row && commentView(row);
    },

    addComment: async (comment: Pick<PlanComment, 'planId' | 'author' | 'text' | 'anchor' | 'revision'>) =>
      commentView(
        await db
          .insertInto('plan_comment')
          .values({
            plan_id: comment.planId,
            author: comment.author,
            body: comment.text,
            anchor: comment.anchor,
            revision: comment.revision,
          })
          .returningAll()
          .executeTakeFirstOrThrow(),
      ),

    resolveComment: async (id: number, by: string, at: Date) =>
      commentView(
        await db
          .updateTable('plan_comment')
          .set({ resolved_by: by, resolved_at: at })
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirstOrThrow(),
      ),
  };
}

interface StoredColumns {
  beat_of_atom: Buffer;
  locked_atoms: Buffer;
  beats: object[];
  zones: object[];
}

function columnsOf({ beatOfAtom, lockedAtoms, beats, zones }: DraftPlan): StoredColumns {
  return {
    beat_of_atom: Buffer.from(beatOfAtom.buffer, beatOfAtom.byteOffset, beatOfAtom.byteLength),
    locked_atoms: Buffer.from(lockedAtoms),
    beats: [...beats],
    zones: [...zones],
  };
}

function draftRow(row: StoredColumns & { revision: number; drawn_revision: number; atom_digest: string }): DraftRow {
  // A copy: the driver's buffer may begin at an odd byte.
  const bytes = Uint8Array.from(row.beat_of_atom);
  return {
    revision: row.revision,
    drawnRevision: row.drawn_revision,
    digest: row.atom_digest,
    plan: {
      beatOfAtom: new Uint16Array(bytes.buffer),
      lockedAtoms: Uint8Array.from(row.locked_atoms),
      beats: row.beats as DraftPlan['beats'],
      zones: row.zones as DraftPlan['zones'],
    },
  };
}

function storedEdit(row: {
  revision: number;
  edit_id: string;
  author: string;
  at: Date;
  tool: string;
  paint: object | null;
  operations: object[];
  undo_of: number | null;
  overridden: object[];
}): StoredDraftEdit {
  return {
    id: row.edit_id,
    tool: row.tool as StoredDraftEdit['tool'],
    paint: row.paint as StoredDraftEdit['paint'],
    operations: row.operations as StoredDraftEdit['operations'],
    undoOf: row.undo_of,
    revision: row.revision,
    author: row.author,
    at: row.at.toISOString(),
    overridden: row.overridden as StoredDraftEdit['overridden'],
  };
}

function commentView(row: {
  id: number;
  plan_id: number;
  author: string;
  at: Date;
  body: string;
  anchor: object;
  revision: number;
  resolved_by: string | null;
  resolved_at: Date | null;
}): PlanComment {
  return {
    id: row.id,
    planId: row.plan_id,
    author: row.author,
    at: row.at.toISOString(),
    text: row.body,
    anchor: row.anchor as PlanComment['anchor'],
    revision: row.revision,
    resolvedBy: row.resolved_by,
    resolvedAt: row.resolved_at?.toISOString() ?? null,
  };
}
