/** Formats with a name of their own. */
export const NAMED_FORMATS = {
  auto: 'formatAuto',
  iso: 'formatIso',
  unix: 'formatUnix',
  unix_ms: 'formatUnixMs',
} as const;

/** What the list offers; anything else is typed in. The server proposes from the same set. */
export const DATE_FORMATS: readonly string[] = [
  ...Object.keys(NAMED_FORMATS),
  'yyyy-MM-dd HH:mm:ss',
  'yyyy-MM-dd HH:mm',
  'yyyy/M/d H:mm:ss',
  'yyyy/M/d H:mm',
  'yyyy年M月d日 H:mm',
  'yyyy年M月d日 aH:mm',
  'yyyy年M月d日 ah:mm',
  'yyyy/M/d ah:mm:ss',
  'yyyy/M/d ah:mm',
  'yyyyMMddHHmmss',
  'M/d/yyyy H:mm:ss',
  'M/d/yyyy H:mm',
  'M/d/yyyy h:mm:ss a',
  'M/d/yyyy h:mm a',
  'M/d/yyyy',
  'd/M/yyyy H:mm:ss',
  'd/M/yyyy H:mm',
  'd/M/yyyy',
  'd.M.yyyy H:mm:ss',
  'd.M.yyyy H:mm',
  'd.M.yyyy',
  'd-M-yyyy H:mm:ss',
  'd-M-yyyy H:mm',
  'd-M-yyyy',
];
