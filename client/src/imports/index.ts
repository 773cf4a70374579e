export { ImportButton } from './import-button.tsx';
export { ImportDialog } from './import-dialog.tsx';
export { ImportList } from './import-list.tsx';
export { importMessages } from './messages.ts';
