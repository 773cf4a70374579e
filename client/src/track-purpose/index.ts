export { purposeMessages } from './messages.ts';
export { usePurposeName } from './purpose-name.ts';
export { PurposeDialog } from './purpose-dialog.tsx';
export { type PurposeSubject, type StatedPurpose, useStatedPurpose } from './purpose-store.ts';
export { useTrackPolicy } from './track-policy.ts';
