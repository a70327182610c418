// Cards as elements. Everything is text content: nothing of the cluster is ever read as markup.
import {clock, count, short} from './words.js';

const SVG = 'http://www.w3.org/2000/svg';

export function h(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  const svg = name === 'svg' || name === 'circle' || name === 'line' || name === 'g' || name === 'path';
  const node = svg ? document.createElementNS(SVG, name) : document.createElement(name);
  if (classes.length) node.setAttribute('class', classes.join(' '));
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return node;
}

/** A time that is kept up to date by the page: ago, until or elapsed. */
const time = (at, style) => h('time', {datetime: at, 'data-style': style, title: clock(at)});

const WORDS = {protected: 'Protected', late: 'Late', unprotected: 'No backup'};

const pill = (state, text) => h('span.pill', {'data-state': state}, text);

export function fact(label, value, detail, target, state) {
  const inside = [h('span.label', {}, label), h('span.value', {}, value), detail && h('span.detail', {}, detail)];
  return h('li.fact', {'data-key': label, 'data-state': state},
      target ? h('a', {href: `#${target}`}, ...inside) : h('div', {}, ...inside));
}

export function facts(headline) {
  const all = [];
  all.push(headline.oldest
      ? fact('Oldest last good backup', time(headline.oldest.at, 'elapsed'), short(headline.oldest.application),
          'applications', headline.late ? 'late' : undefined)
      : fact('Oldest last good backup', '–', 'none yet', 'applications'));
  all.push(fact('Failing now', String(headline.failing), headline.failing ? 'see why' : 'nothing',
      headline.failing ? 'failures' : undefined, headline.failing ? 'failed' : 'good'));
  all.push(headline.next
      ? fact('Next run', time(headline.next.at, 'until'), short(headline.next.application), 'applications')
      : fact('Next run', '–', 'nothing is scheduled'));
  all.push(fact('Running', String(headline.running), headline.running ? 'under way' : 'all quiet',
      headline.running ? 'runs' : undefined, headline.running ? 'running' : undefined));
  all.push(fact('Claims without backup', String(headline.openClaims), headline.openClaims ? 'see which' : 'every claim is held',
      headline.openClaims ? 'openClaims' : undefined, headline.openClaims ? 'late' : 'good'));
  return all;
}

export function truth(headline) {
  const {applications, protected: safe, late, unprotected} = headline;
  if (!applications) return ['Nothing is backed up yet', 'unprotected'];
  if (safe === applications) {
    return [applications === 1 ? 'The application is protected' : `All ${applications} applications are protected`, 'protected'];
  }
  const rest = [late && `${late} late`, unprotected && `${unprotected} without any backup`].filter(Boolean).join(', ');
  return [`${safe} of ${count(applications, 'application')} ${safe === 1 || applications === 1 ? 'is' : 'are'} protected`
      + (rest ? ` – ${rest}` : ''), unprotected ? 'unprotected' : 'late'];
}

function cell(each, at, last) {
  const words = [each.phase, each.session, clock(each.at), each.duration && `took ${each.duration}`, each.message]
      .filter(Boolean);
  return h('li', {'data-key': each.run}, h('button.cell', {
    type: 'button', 'data-phase': each.phase, tabindex: at === last ? '0' : '-1', 'aria-label': words.join(', '),
    'data-tip': [each.run, ...words].join('\n'),
  }));
}

export function application(app) {
  const running = app.recent.some((each) => each.phase === 'Running' || each.phase === 'Pending');
  const paused = app.plans.length > 0 && app.plans.every((plan) => plan.paused);
  return h('article.card', {'data-key': app.id, 'data-state': app.state, 'aria-label': `${app.kind} ${app.namespace}/${app.name}`},
    h('div.top', {}, h('h3', {}, app.name), pill(app.state, WORDS[app.state] ?? app.state)),
    h('p.sub', {}, `${app.kind} in ${app.namespace}`, paused && h('span.pill', {'data-state': 'paused'}, 'Paused')),
    h('p.age', {}, app.lastGood ? [time(app.lastGood, 'ago'), h('span', {}, 'last good backup')]
        : [h('b', {}, running ? 'first backup is running' : 'no good backup yet')]),
    app.recent.length
      ? h('ol.strip', {'aria-label': `Last runs of ${app.name}, oldest first`},
          ...app.recent.map((each, at) => cell(each, at, app.recent.length - 1)))
      : h('p.none', {}, 'no runs yet'),
    h('p.sub.next', {}, app.nextRun ? ['Next run ', time(app.nextRun, 'until')] : 'No run is scheduled',
        h('span.schedule', {}, [...new Set(app.plans.map((plan) => plan.schedule))].join(' · '))),
  );
}

const ENDS = {Failed: 'failed', Succeeded: 'done', Pending: 'waiting', Unknown: 'not known'};

/** A component: how many of its volumes are ready, or bound again. */
function part(each) {
  const far = `${each.done} of ${count(each.total, 'volume')}`;
  return h('li.part', {'data-key': each.name, 'data-phase': each.phase},
    h('span.name', {title: each.name}, each.name),
    h('progress', {value: each.done, max: Math.max(1, each.total), 'aria-label': each.name}),
    h('span.count', {}, ENDS[each.phase] ?? far),
    each.message && h('span.message', {}, each.message));
}

export function run(each) {
  const what = each.kind === 'RestoreSession' ? 'Restore' : 'Backup';
  return h('article.row.run', {'data-key': each.id, 'data-state': 'running'},
    h('div.top', {}, h('h3', {}, `${what} of ${each.application ? short(each.application) : each.name}`),
      pill('running', each.phase)),
    h('p.sub', {}, each.name, ' · for ', time(each.since, 'elapsed'),
      each.deadline && [' · deadline ', time(each.deadline, 'until')]),
    each.parts.length !== 1 && h('div.far', {},
      h('progress.whole', {value: each.done, max: Math.max(1, each.total), 'aria-label': `${what} ${each.name}`}),
      each.parts.length > 1 && h('span.sub', {}, `${each.done} of ${count(each.total, 'volume')}`)),
    each.parts.length > 0 && h('ul.parts', {'aria-label': 'Components'}, ...each.parts.map(part)),
    each.doing && h('p.message', {}, each.doing));
}

export function failure(each) {
  return h('article.row', {'data-key': each.id, 'data-state': 'failed'},
    h('div.top', {}, h('h3', {}, `${each.kind} ${each.namespace}/${each.name}`), time(each.since, 'ago')),
    each.condition && h('p.sub', {}, `${each.condition}${each.reason ? `: ${each.reason}` : ''}`),
    h('p.message', {}, each.message ?? 'No message.'),
    h('p.command', {}, h('code', {}, each.command),
      h('button.copy', {type: 'button', 'data-copy': each.command, 'aria-label': `Copy ${each.command}`}, 'Copy')));
}

function axis(store) {
  const points = store.snapshots;
  const first = Date.parse(points[0].at);
  const width = Math.max(1, Date.parse(points[points.length - 1].at) - first);
  return h('svg.axis', {'aria-hidden': 'true', height: '28', width: '100%'},
    h('line', {x1: '1%', x2: '99%', y1: '14', y2: '14'}),
    ...points.map((point) => h('circle', {
      'data-key': point.name, cx: `${points.length === 1 ? 98 : 2 + 96 * (Date.parse(point.at) - first) / width}%`, cy: '14', r: '6',
      'data-phase': point.phase, 'data-fate': point.fate,
      'data-tip': [point.name, point.phase, clock(point.at), point.size,
        point.fate === 'remove' ? `goes next: ${point.why}` : point.why && `kept: ${point.why}`].filter(Boolean).join('\n'),
    })));
}

export function repository(store) {
  const going = store.snapshots.filter((point) => point.fate === 'remove');
  const newest = store.snapshots[store.snapshots.length - 1];
  return h('article.row', {'data-key': store.id, 'data-state': store.phase === 'Ready' ? undefined : 'failed'},
    h('div.top', {}, h('h3', {}, store.id), store.phase !== 'Ready' && pill('failed', store.phase)),
    h('p.sub', {}, count(store.succeeded, 'good snapshot'), store.failed > 0 && `, ${store.failed} failed`,
      store.running > 0 && `, ${store.running} under way`, store.size && ` · ${store.size}`,
      store.storage && ` · in ${store.storage}`, newest && [' · newest ', time(newest.at, 'ago')]),
    store.snapshots.length > 0 && axis(store),
    store.retention && h('p.sub', {}, `Retention: ${store.retention}`,
      going.length > 0 && ` · goes next: ${going.map((point) => `${point.name} (${point.why})`).join(', ')}`),
    store.snapshots.length > 0 && h('details', {}, h('summary', {}, 'As a list'),
      h('ul.plain', {}, ...store.snapshots.map((point) => h('li', {'data-key': point.name},
        `${point.name}: ${point.phase}, ${clock(point.at)}`, point.fate && ` – ${point.fate}: ${point.why}`)))));
}

export function storage(each) {
  const ready = each.phase === 'Ready';
  return h('article.row', {'data-key': each.id, 'data-state': ready ? undefined : 'failed'},
    h('div.top', {}, h('h3', {}, each.id), pill(ready ? 'protected' : 'failed', each.phase ?? 'Unknown')),
    h('p.sub', {}, [each.provider, each.place, each.size, count(each.repositories, 'repository', 'repositories')]
      .filter(Boolean).join(' · ')),
    each.message && h('p.message', {}, each.message));
}

export function openClaim(each) {
  return h('li.chip', {'data-key': each.id}, h('b', {}, each.name), ` in ${each.namespace}, for `, time(each.since, 'elapsed'));
}

export const more = (number) => h('p.sub', {'data-key': 'more'}, `… and ${number} more: /api/status tells how many, kubectl which.`);
