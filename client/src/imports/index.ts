export { formatBytes } from './format-bytes.ts';
export { ImportButton } from './import-button.tsx';
export { ImportList } from './import-list.tsx';
