import { numberCodec } from '../ui/index.ts';

/** The draft that is open in the studio, 0 for none: part of the address, so a reload opens it again. */
export const draftCodec = numberCodec(0);
