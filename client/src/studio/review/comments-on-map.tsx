import { useEffect } from 'react';
import { mapLayers } from '../../map/index.ts';
import { useDisplay } from '../../ui/index.ts';
import type { StudioSession } from '../studio-session.ts';
import { commentLayers, type PlacedComment } from './comment-layers.ts';
import { useComments } from './lifecycle-queries.ts';

const OWNER = 'studio-comments';

/** Pins of what is still open; the text on hover, the same as in the list. */
export function CommentsOnMap({ session }: { session: StudioSession }) {
  const { data } = useComments(session.draft.plan.id);
  const scale = useDisplay((state) => state.scale);
  const theme = useDisplay((state) => state.theme);
  useEffect(() => {
    const open = (data ?? []).flatMap((comment, index): PlacedComment[] => {
      if (comment.resolvedAt !== null) return [];
      const { anchor } = comment;
      if (anchor.kind === 'place') return [{ comment, lon: anchor.lon, lat: anchor.lat, number: index + 1 }];
      const at = anchor.kind === 'beat' ? session.centreOf(anchor.beat) : null;
      return at ? [{ comment, ...at, number: index + 1 }] : [];
    });
    if (open.length === 0) return;
    mapLayers.set(OWNER, 'alarms', commentLayers(open, scale, theme), {
      tooltip: (pick) => {
        const { comment } = pick.object as PlacedComment;
        return `${comment.author}: ${comment.text}`;
      },
    });
    return () => mapLayers.remove(OWNER);
  }, [data, session, scale, theme]);
  return null;
}
