// Puts the picture on the page and keeps it there.
import {Live} from './live.js';
import {apply, fromPicture, sorted} from './model.js';
import * as views from './views.js';
import {ago, elapsed, now, setClock, until} from './words.js';

const LIST = {applications: views.application, runs: views.run, failures: views.failure,
  repositories: views.repository, storages: views.storage, openClaims: views.openClaim};
const TIMES = {ago, until, elapsed};
const $ = (id) => document.getElementById(id);
const namespace = new URLSearchParams(location.search).get('namespace');
let model;
let painting = false;
let shown = false;

/** Makes the old element like the new one and leaves alone what is equal, so that focus and open details stay. */
function morph(old, next) {
  if (old.nodeType !== next.nodeType || old.nodeName !== next.nodeName) {
    old.replaceWith(next);
    return;
  }
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== next.data) old.data = next.data;
    return;
  }
  for (const {name} of [...old.attributes]) {
    if (!next.hasAttribute(name) && !(name === 'open' && old.nodeName === 'DETAILS')) old.removeAttribute(name);
  }
  for (const {name, value} of next.attributes) {
    const roving = name === 'tabindex' && old.closest('.strip')?.contains(document.activeElement);
    if (old.getAttribute(name) !== value && !roving) old.setAttribute(name, value);
  }
  if (old.nodeName !== 'TIME') morphChildren(old, [...next.childNodes]);
}

function morphChildren(parent, nexts) {
  const keyed = new Map();
  for (const child of parent.children) if (child.dataset.key) keyed.set(child.dataset.key, child);
  let at = parent.firstChild;
  for (const next of nexts) {
    const key = next.dataset?.key;
    const same = key ? keyed.get(key) : at && !at.dataset?.key ? at : null;
    if (same) {
      keyed.delete(key);
      if (same === at) at = at.nextSibling;
      else parent.insertBefore(same, at);
      morph(same, next);
    } else {
      parent.insertBefore(next, at);
    }
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

function paint() {
  painting = false;
  headline();
  // The first time, hundreds of cards must not keep the answer from being seen.
  if (shown) {
    lists();
  } else {
    tick();
    setTimeout(lists);
  }
  shown = true;
}

function headline() {
  const [sentence, state] = views.truth(model.headline);
  if ($('truth').textContent !== sentence) $('truth').textContent = sentence;
  document.body.dataset.state = state;
  document.title = `${model.headline.failing ? `(${model.headline.failing}) ` : ''}${sentence} · Snapstash`;
  morphChildren($('facts'), views.facts(model.headline));
}

function lists() {
  for (const [list, view] of Object.entries(LIST)) {
    const cards = sorted(model, list);
    const nodes = cards.map(view);
    if (model.cut[list]) nodes.push(views.more(model.cut[list]));
    $(list).hidden = nodes.length === 0 && list !== 'applications';
    morphChildren($(list).querySelector('.list'), nodes);
  }
  tick();
}

function repaint() {
  if (!painting) {
    painting = true;
    requestAnimationFrame(paint);
    if (document.hidden) setTimeout(() => painting && paint(), 200);
  }
}

function tick() {
  for (const element of document.querySelectorAll('time[data-style]')) {
    const text = TIMES[element.dataset.style](element.dateTime);
    if (element.textContent !== text) element.textContent = text;
  }
}

let link = 'connecting';
function showLink(state) {
  if (state === link) return;
  link = state;
  const element = $('link');
  element.dataset.link = state;
  element.textContent = state === 'live' ? 'Live'
    : model ? `Connection lost – this is how it was at ${new Date(now()).toLocaleTimeString()}. Trying again…`
    : 'No connection yet. Trying again…';
}

function showTip(target) {
  const tip = $('tip');
  const text = target?.dataset?.tip;
  tip.hidden = !text;
  if (!text) return;
  tip.textContent = text;
  const box = target.getBoundingClientRect();
  const width = Math.min(tip.offsetWidth, innerWidth - 16);
  const left = Math.max(8, Math.min(box.left + box.width / 2 - width / 2, innerWidth - width - 8));
  const above = box.top - tip.offsetHeight - 8;
  tip.style.left = `${left + scrollX}px`;
  tip.style.top = `${(above > 0 ? above : box.bottom + 8) + scrollY}px`;
}

/** A strip is one stop of the Tab key; arrows move within it. */
function walk(event) {
  if (event.key === 'Escape') showTip(null);
  const cell = event.target.closest?.('.cell');
  const step = {ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity}[event.key];
  if (!cell || !step) return;
  const cells = [...cell.closest('.strip').querySelectorAll('.cell')];
  const to = cells[Math.max(0, Math.min(cells.length - 1, cells.indexOf(cell) + step))];
  cells.forEach((each) => each.setAttribute('tabindex', each === to ? '0' : '-1'));
  to.focus();
  event.preventDefault();
}

async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = 'Copied';
  } catch {
    getSelection().selectAllChildren(button.previousElementSibling);
    button.textContent = 'Selected';
  }
  setTimeout(() => { button.textContent = 'Copy'; }, 2000);
}

document.addEventListener('pointerover', (event) => showTip(event.target.closest?.('[data-tip]')));
document.addEventListener('focusin', (event) => showTip(event.target.closest?.('[data-tip]')));
document.addEventListener('focusout', () => showTip(null));
document.addEventListener('keydown', walk);
document.addEventListener('click', (event) => {
  const button = event.target.closest?.('.copy');
  if (button) copy(button);
});
setInterval(tick, 1000);
if (namespace) $('scope').textContent = `· namespace ${namespace}`;

new Live(`api/events${namespace ? `?namespace=${encodeURIComponent(namespace)}` : ''}`, {
  picture(data) {
    setClock(data.at);
    model = fromPicture(data);
    repaint();
  },
  change(data) {
    setClock(data.at);
    if (model) apply(model, data);
    repaint();
  },
  beat(data) {
    setClock(data.at);
  },
  link: showLink,
});
