import { isBeatLocked, lockedAgainst, moveBoundary, UNASSIGNED } from '@xunfang/geo-data/beats';
import { translate } from '../../i18n/index.ts';
import { toast } from '../../ui/index.ts';
import { toolMessages } from '../messages-tools.ts';
import { atomsBetween, brushed, type Place, placeOf, type Tool } from './tool.ts';

/**
 * Pushes the boundary of the beat under the hand into the first other beat it is dragged across: only atoms that connect to it go over,
 * so the boundary moves and never jumps.
 */
export const boundaryTool: Tool = (session) => {
  let push: { to: number; from: number | null; last: Place; under: Set<number> } | null = null;
  return {
    cursor: 'move',
    down(at) {
      const to = session.beatAt(at.lon, at.lat);
      if (to === null) return;
      if (isBeatLocked(session.view, to)) toast(translate(toolMessages)('beatLocked'), { tone: 'warn' });
      else push = { to, from: null, last: placeOf(at), under: new Set() };
    },
    drag(at) {
      if (!push) return;
      const { to } = push;
      const { beatOfAtom } = session.view;
      const passed = atomsBetween(session, push.last, placeOf(at));
      for (const atom of passed) {
        const there = beatOfAtom[atom];
        if (push.from === null && there !== to && there !== UNASSIGNED) push.from = there;
      }
      for (const atom of brushed(session, passed)) push.under.add(atom);
      push.last = placeOf(at);
      if (push.from === null) return;
      const locked = lockedAgainst(session.view, to);
      const moved = moveBoundary({ links: session.links, beatOfAtom, from: push.from, to, under: push.under, locked });
      session.previewOnly(moved, to);
    },
    up() {
      if (push) session.commitPreview('boundary');
      push = null;
    },
    cancel() {
      push = null;
      session.dropPreview();
    },
  };
};
