/** A message as text that PostgreSQL can hold: cut, and without the characters that are no text. */
export function messageText(raw: unknown, longest: number): string {
  const text = typeof raw === 'string' ? raw : (JSON.stringify(raw) ?? '');
  return text.slice(0, longest).replaceAll('\0', '�').toWellFormed();
}
