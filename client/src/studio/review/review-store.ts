import { create } from 'zustand';

/** Where a comment is being written; null when none is. */
interface ReviewState {
  commentAt: { lon: number; lat: number; beat: number | null } | null;
}

export const useReview = create<ReviewState>(() => ({ commentAt: null }));
