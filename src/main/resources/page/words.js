// Numbers, times and names as people say them.

/** How far the server's clock is ahead of ours, in milliseconds. */
let ahead = 0;

export function setClock(serverTime) {
  const at = Date.parse(serverTime);
  if (!Number.isNaN(at)) ahead = at - Date.now();
}

export const now = () => Date.now() + ahead;

export function count(number, one, many = one + 's') {
  return `${number} ${number === 1 ? one : many}`;
}

/** Two units at most: 45 s, 12 min, 3 h 20 min, 4 d 2 h. */
export function span(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 && hours < 10 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  const days = Math.floor(hours / 24);
  return hours % 24 && days < 10 ? `${days} d ${hours % 24} h` : `${days} d`;
}

export const ago = (at) => `${span(now() - Date.parse(at))} ago`;

export function until(at) {
  const left = Date.parse(at) - now();
  return left <= 0 ? 'due now' : `in ${span(left)}`;
}

export const elapsed = (at) => span(now() - Date.parse(at));

export const clock = (at) => new Date(at).toLocaleString(undefined, {dateStyle: 'medium', timeStyle: 'short'});

export function short(id) {
  const parts = id.split('/');
  return parts.length === 3 ? `${parts[0]}/${parts[2]}` : id;
}
