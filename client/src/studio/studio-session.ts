import {
  type AtomLookup,
  type AtomShapes,
  type DraftEdit as KernelEdit,
  createAtomLookup,
  type DraftPlan,
  type LinkRows,
  linkRows,
  NO_ATOM,
  type PlanEdit,
  paintAtoms,
  pullBack,
  UNASSIGNED,
} from '@xunfang/geo-data/beats';
import type { Draft, DraftEdit, StoredDraftEdit } from '@xunfang/geo-data/contract';
import type { DraftGround } from './draft/draft-columns.ts';
import type { DraftHistory, NextStep } from './draft/draft-history.ts';
import type { DraftReplica } from './draft/draft-replica.ts';
import type { DraftSync } from './draft/draft-sync.ts';
import type { Presence } from './draft/presence.ts';
import { isEmptyEdit, toWire } from './draft/wire-edit.ts';
import type { FactorColumns } from './score/factors.ts';
import type { Scorer } from './score/scorer.ts';
import { useStudio } from './studio-store.ts';

type EditTool = DraftEdit['tool'];

/** What is being drawn and is not in the plan yet: it has a layer of its own. */
export type Sketch =
  | { kind: 'atoms'; atoms: Iterable<number>; beat: number | null }
  | { kind: 'rectangle'; from: readonly [number, number]; to: readonly [number, number] }
  | { kind: 'line'; places: readonly (readonly [number, number])[]; closed: boolean };

export interface SessionParts {
  draft: Draft;
  ground: DraftGround;
  replica: DraftReplica;
  history: DraftHistory;
}

/** One open draft. The assignment lives here, in typed arrays outside React; the store holds what panels show. */
export class StudioSession {
  readonly draft: Draft;
  readonly ground: DraftGround;
  readonly replica: DraftReplica;
  readonly history: DraftHistory;
  readonly lookup: AtomLookup;
  readonly links: LinkRows;
  /** Beat keys as drawn: the view, with the drag under way on top. */
  readonly shown: Uint16Array;
  shapes: AtomShapes | null = null;
  sketch: Sketch | null = null;
  /** Atoms that others changed a moment ago, to be seen. */
  flashed: ReadonlySet<number> = new Set();
  /** By revision: what may be taken back. */
  readonly stored = new Map<number, StoredDraftEdit>();
  factorColumns: FactorColumns | null = null;
  sync: DraftSync | null = null;
  presence: Presence | null = null;
  scorer: Scorer | null = null;
  private readonly listeners = new Set<(what: 'plan' | 'sketch') => void>();
  /** Of the drag under way: atom → beat. */
  private dragged = new Map<number, number>();
  private lastPaint: PlanEdit | null = null;
  private trial: DraftPlan | null = null;

  constructor({ draft, ground, replica, history }: SessionParts) {
    this.draft = draft;
    this.ground = ground;
    this.replica = replica;
    this.history = history;
    this.lookup = createAtomLookup(ground.atoms);
    this.links = linkRows(ground.atoms);
    this.shown = replica.view.beatOfAtom.slice();
  }

  /** Called after every change of what the map shows; drawing is gathered per frame by whoever listens. */
  onPaint(listener: (what: 'plan' | 'sketch') => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  get view(): DraftPlan {
    return this.replica.view;
  }

  /** What is drawn and scored: the draft, or the plan tried on in its place. */
  get picture(): DraftPlan {
    return this.trial ?? this.view;
  }

  /** Shows a plan in the draft's place without making it part of it; the next edit of this hand ends that. */
  tryOn(plan: DraftPlan | null): void {
    if (plan === null) useStudio.setState({ trial: null });
    if (plan === this.trial) return;
    this.dragged.clear();
    this.trial = plan;
    this.shown.set(this.picture.beatOfAtom);
    this.changed();
  }

  atomAt(lon: number, lat: number): number | null {
    const [atom] = this.lookup.atomsOfPoints(Float64Array.of(lon), Float64Array.of(lat));
    return atom === NO_ATOM ? null : atom;
  }

  /** The beat at a place; null outside of the bureau or where no beat is. */
  beatAt(lon: number, lat: number): number | null {
    const atom = this.atomAt(lon, lat);
    return atom === null || this.shown[atom] === UNASSIGNED ? null : this.shown[atom];
  }

  /** The middle of a beat's atoms; null for a beat without any. */
  centreOf(beat: number): { lon: number; lat: number } | null {
    const { atoms } = this.ground;
    let [lon, lat, count] = [0, 0, 0];
    for (const [atom, key] of this.shown.entries()) {
      if (key !== beat || key === UNASSIGNED) continue;
      lon += atoms.lon[atom];
      lat += atoms.lat[atom];
      count++;
    }
    return count > 0 ? { lon: lon / count, lat: lat / count } : null;
  }

  /** Lays atoms of the drag under way over the plan, as far as locks let them go; answers how many they kept. */
  preview(atoms: Iterable<number>, to: number): number {
    const { edit, held } = this.lay(atoms, to);
    if (edit.atoms.length > 0) this.changed();
    return held;
  }

  /** Replaces the drag under way: for gestures whose reach can shrink again. */
  previewOnly(atoms: Iterable<number>, to: number): number {
    this.clearDrag();
    const { held } = this.lay(atoms, to);
    this.changed();
    return held;
  }

  /** Esc: as if the drag had not been begun. */
  dropPreview(): void {
    this.sketch = null;
    const had = this.dragged.size > 0;
    this.clearDrag();
    if (had) this.changed();
    else this.repaint('sketch');
  }

  /** The drag becomes one step of the history. */
  commitPreview(tool: EditTool): boolean {
    const atoms = Uint32Array.from(this.dragged.keys()).sort();
    const paint: PlanEdit = {
      atoms,
      before: Uint16Array.from(atoms, (atom) => this.view.beatOfAtom[atom]),
      after: Uint16Array.from(atoms, (atom) => this.dragged.get(atom) ?? UNASSIGNED),
    };
    this.dragged.clear();
    this.sketch = null;
    const made = this.edit(tool, { paint, operations: [] });
    if (!made) this.refresh();
    return made;
  }

  /** Makes an edit; false when nothing changes by it. */
  edit(tool: EditTool, change: KernelEdit, undoOf: number | null = null): boolean {
    const wire = toWire(change);
    this.tryOn(null);
    if (isEmptyEdit(wire)) return false;
    const made = this.sync?.add({ id: crypto.randomUUID(), tool, undoOf, ...wire }, null) ?? false;
    if (made && change.paint) this.lastPaint = change.paint;
    if (made) this.refresh();
    return made;
  }

  undo(): void {
    this.step(this.history.undo());
  }

  redo(): void {
    this.step(this.history.redo());
  }

  /** Takes back an edit of anybody, at some atoms only: the answer to a conflict. */
  undoAt(stored: StoredDraftEdit, atoms: readonly number[]): boolean {
    const wanted = new Set(atoms);
    const rows = (stored.paint?.atoms ?? []).flatMap((atom, row) => (wanted.has(atom) ? [row] : []));
    const { paint } = stored;
    if (!paint || rows.length === 0) return false;
    const back: PlanEdit = {
      atoms: Uint32Array.from(rows, (row) => paint.atoms[row]),
      before: Uint16Array.from(rows, (row) => paint.after[row]),
      after: Uint16Array.from(rows, (row) => paint.before[row]),
    };
    return this.edit('undo', { paint: back, operations: [] }, stored.revision);
  }

  /** The atoms that the last stroke took from a beat, as an edit that gives them back; null when it took none. */
  pullBackOf(beat: number): PlanEdit | null {
    const back = this.lastPaint && pullBack(this.lastPaint, this.view.beatOfAtom, beat);
    return back && back.atoms.length > 0 ? back : null;
  }

  /** After the replica changed, by one's own hand or another's. */
  refresh(): void {
    const { view } = this.replica;
    this.shown.set(this.picture.beatOfAtom);
    for (const [atom, beat] of this.dragged) this.shown[atom] = beat;
    useStudio.setState({
      beats: view.beats,
      zones: view.zones,
      canUndo: this.history.canUndo,
      canRedo: this.history.canRedo,
    });
    this.changed();
  }

  /** The plan shown, or what its figures are made with, is another: they get a tag of their own. */
  changed(): void {
    useStudio.setState(({ tag }) => ({ tag: tag + 1 }));
    this.askScore();
    this.repaint();
  }

  /** Something other than the assignment is drawn differently; `sketch`: only what is not in the plan. */
  repaint(what: 'plan' | 'sketch' = 'plan'): void {
    for (const listener of this.listeners) listener(what);
  }

  /** Asks for the figures of the plan shown. */
  private askScore(): void {
    const { tag, weights } = useStudio.getState();
    const { beats, zones } = this.picture;
    if (weights) this.scorer?.ask({ tag, beatOfAtom: this.shown.slice(), beats, zones, weights });
  }

  close(): void {
    this.sync?.stop();
    this.presence?.stop();
    this.scorer?.stop();
    this.listeners.clear();
  }

  private step(next: NextStep | null): void {
    if (!next) return;
    this.tryOn(null);
    const made = this.sync?.add(next.edit, next.target) ?? false;
    // Somebody changed all of it since: there is nothing left to take back.
    if (!made) this.history.forget(next.target);
    this.refresh();
  }

  private lay(atoms: Iterable<number>, to: number): ReturnType<typeof paintAtoms> {
    this.tryOn(null);
    const painted = paintAtoms(this.view, atoms, to);
    for (const atom of painted.edit.atoms) {
      this.dragged.set(atom, to);
      this.shown[atom] = to;
    }
    return painted;
  }

  private clearDrag(): void {
    for (const atom of this.dragged.keys()) this.shown[atom] = this.view.beatOfAtom[atom];
    this.dragged.clear();
  }
}
