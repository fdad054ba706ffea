// Whether single characters are keys of the page, kept on this machine: whoever dictates, or often hits the wrong key, can switch them off.
const key = 'trainwreck.keys';
const off = 'off';

export function readKeys(): boolean {
  try {
    return localStorage.getItem(key) !== off;
  } catch {
    // Not allowed: as on a first visit.
    return true;
  }
}

export function keepKeys(areOn: boolean): void {
  try {
    if (areOn) localStorage.removeItem(key);
    else localStorage.setItem(key, off);
  } catch {
    // Full, or not allowed: they are off until the page closes.
  }
}
