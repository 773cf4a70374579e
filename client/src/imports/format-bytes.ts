const UNITS = ['B', 'kB', 'MB', 'GB'] as const;

/** A file size in decimal units, three digits at most: `11.7 MB`. */
export function formatBytes(bytes: number, formatNumber: (value: number, decimals: number) => string): string {
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const value = bytes / 1000 ** power;
  return `${formatNumber(value, power === 0 || value >= 100 ? 0 : 1)} ${UNITS[power]}`;
}
