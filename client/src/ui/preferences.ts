/**
 * Small things a person likes (language, theme, widths of panels), kept in this browser.
 * A browser that forbids storage still works; it only forgets.
 */
const PREFIX = 'xunfang.';
let owner = '';

/** From sign-in on, preferences belong to that account; before, to the browser. */
export function setPreferenceOwner(username: string | null): void {
  owner = username === null ? '' : `${username}.`;
}

export function readPreference<Value>(name: string, otherwise: Value): Value {
  const text = read(`${PREFIX}${owner}${name}`) ?? read(`${PREFIX}${name}`);
  if (text === null) return otherwise;
  try {
    return JSON.parse(text) as Value;
  } catch {
    return otherwise;
  }
}

export function writePreference(name: string, value: unknown): void {
  const text = JSON.stringify(value);
  try {
    localStorage.setItem(`${PREFIX}${owner}${name}`, text);
    // The sign-in page comes before the account: it follows the last person at this desk.
    localStorage.setItem(`${PREFIX}${name}`, text);
  } catch {
    // Private windows refuse storage: nothing to keep.
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
