import { fillAtoms, lockedAgainst } from '@xunfang/geo-data/beats';
import { translate } from '../../i18n/index.ts';
import { toast } from '../../ui/index.ts';
import { toolMessages } from '../messages-tools.ts';
import { useStudio } from '../studio-store.ts';
import { beginStroke, type Tool } from './tool.ts';

/** Pours the chosen beat over the piece of another beat under the pointer, up to barriers and locks. */
export const fillTool: Tool = (session) => {
  let pressed = false;
  return {
    cursor: 'cell',
    down(at) {
      if (useStudio.getState().beat === null && !at.alt) {
        toast(translate(toolMessages)('chooseBeatFirst'));
        return;
      }
      const beat = beginStroke(session, at);
      const atom = session.atomAt(at.lon, at.lat);
      if (beat === null || atom === null) return;
      const { view } = session;
      pressed = true;
      session.previewOnly(fillAtoms(session.links, view.beatOfAtom, atom, lockedAgainst(view, beat)), beat);
    },
    up() {
      if (pressed) session.commitPreview('fill');
      pressed = false;
    },
    cancel() {
      pressed = false;
      session.dropPreview();
    },
  };
};
