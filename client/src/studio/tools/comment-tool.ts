import { useReview } from '../review/review-store.ts';
import type { Tool } from './tool.ts';

/** A click says where a comment belongs. */
export const commentTool: Tool = (session) => ({
  cursor: 'copy',
  up(at) {
    useReview.setState({ commentAt: { lon: at.lon, lat: at.lat, beat: session.beatAt(at.lon, at.lat) } });
  },
});
