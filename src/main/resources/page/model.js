// The present picture, and how a change makes the next one of it.

const LISTS = ['applications', 'runs', 'repositories', 'storages', 'failures', 'openClaims'];
const WORST = ['unprotected', 'late', 'protected'];

const by = (...keys) => (one, other) => {
  for (const key of keys) {
    const a = key(one), b = key(other);
    if (a !== b) return a < b ? -1 : 1;
  }
  return 0;
};
const id = (card) => card.id;
const ORDER = {
  applications: by((card) => WORST.indexOf(card.state), id),
  runs: by((card) => card.since, id),
  failures: by((card) => -Date.parse(card.since), id),
};

export function fromPicture(picture) {
  const model = {headline: picture.headline, cut: picture.cut, at: picture.at};
  for (const list of LISTS) model[list] = new Map(picture[list].map((card) => [card.id, card]));
  return model;
}

export function apply(model, change) {
  model.headline = change.headline;
  model.cut = change.cut;
  model.at = change.at;
  for (const [list, cards] of Object.entries(change.put ?? {})) {
    for (const card of cards) model[list]?.set(card.id, card);
  }
  for (const [list, ids] of Object.entries(change.gone ?? {})) {
    for (const each of ids) model[list]?.delete(each);
  }
  return model;
}

export const sorted = (model, list) => [...model[list].values()].sort(ORDER[list] ?? by(id));
