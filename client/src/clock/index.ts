export { type InstantStyle, splitAge } from './format.ts';
export { instantOf, localDate } from './instant-of.ts';
export { clockMessages } from './messages.ts';
export { useNow } from './now.ts';
export { type Format, setTimeZone, useFormat } from './use-format.ts';
