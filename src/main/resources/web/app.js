// The page: forms, the list of events, and the state of the stream.
import * as api from './api.js';
import { settings } from './account.js';
import { compose } from './compose.js';
import { entry, followLink } from './entry.js';
import { onSubmit, words } from './forms.js';
import { listen } from './live.js';
import { addName } from './names.js';
import { notifications } from './notifications.js';
import { people } from './people.js';
import { GAPS, TITLES } from './titles.js';

const EVENTS_SHOWN_MAX = 200;
const NOT_SHOWN = new Set(['system.metrics']); // Too many, and of no account.

const $ = id => document.getElementById(id);
const dark = matchMedia('(prefers-color-scheme: dark)');
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
let stopFeed = null;
let theme = 'system';
let waiting = [];
let self = '';
let endedWith = '';
const composer = compose({ notify });
const account = settings({ notify, greet, said, shown: open => show(open ? 'settings' : 'home') });
const bell = notifications({ notify });
const present = people({ notify });

function paint() {
  document.documentElement.dataset.theme = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
  const choice = document.querySelector(`input[name="theme"][value="${theme}"]`);
  if (choice) {
    choice.checked = true;
  }
}

function show(section) {
  for (const id of ['welcome', 'home', 'settings']) {
    $(id).hidden = id !== section;
  }
  $('account').hidden = section === 'welcome';
  $('open-settings').setAttribute('aria-expanded', String(section === 'settings'));
}

function notify(text) {
  $('notice').textContent = text;
  $('notice').hidden = !text;
}

// ---- Signing in and out

function greet(user) {
  $('who').textContent = user.name || user.email;
}

function enter(user) {
  notify('');
  greet(user);
  $('events').replaceChildren();
  $('empty').hidden = false;
  $('gap').hidden = true;
  show('home');
  stop();
  self = user.id;
  stopFeed = listen(user, EVENTS_SHOWN_MAX, event => !NOT_SHOWN.has(event.type), { event: take, state, gap });
  followPreferences();
  bell.start();
  present.start(user.id);
  composer.start();
}

function stop() {
  stopFeed?.();
  stopFeed = null;
  bell.stop();
  present.stop();
  composer.stop();
}

function leave(text) {
  stop();
  self = '';
  endedWith = '';
  waiting = [];
  theme = 'system';
  paint();
  choose($('tab-login'));
  show('welcome');
  notify(text);
  $('login-email').focus();
}

/** The session began, ended, or its person changed, in this tab or another one. */
function follow(user) {
  if (!user) {
    leave(endedWith || (self ? 'Your session has ended. Please sign in again.' : ''));
  } else if (user.id === self) {
    greet(user);
  } else {
    enter(user);
  }
}

async function signOut() {
  said('You are signed out.');
  present.stop();
  await api.client.logout();
}

/** What the page says when the session has ended. */
function said(text) {
  endedWith = text;
}

// ---- Tabs

function choose(tab) {
  $('panel-forgot').hidden = true;
  $('panel-reset').hidden = true;
  $('panel-first').hidden = true;
  for (const other of document.querySelectorAll('[role="tab"]')) {
    const chosen = other === tab;
    other.setAttribute('aria-selected', String(chosen));
    other.tabIndex = chosen ? 0 : -1;
    $(other.getAttribute('aria-controls')).hidden = !chosen;
  }
}

function tabs() {
  const all = [...document.querySelectorAll('[role="tab"]')];
  for (const tab of all) {
    tab.addEventListener('click', () => choose(tab));
    tab.addEventListener('keydown', event => {
      if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
        const other = all[(all.indexOf(tab) + 1) % all.length];
        choose(other);
        other.focus();
      }
    });
  }
}

// ---- Events

function state(name, text) {
  $('state').dataset.state = name;
  $('state-text').textContent = text;
}

function gap(reason) {
  $('gap').textContent = GAPS[reason] || GAPS['too-far'];
  $('gap').hidden = false;
}

// Draws the list at most once a frame, with only the newest events.
function take(event, replayed) {
  if (waiting.length === 0) {
    setTimeout(draw, 16);
  }
  waiting.push({ event, replayed });
  if (waiting.length > EVENTS_SHOWN_MAX) {
    waiting.shift();
  }
  if (event.type === 'user.preferences-changed' && !replayed) {
    followPreferences();
  }
  if (!replayed) {
    account.happened(event.type);
  }
}

function draw() {
  const items = waiting.map(({ event, replayed }) => item(event, replayed)).reverse();
  waiting = [];
  const list = $('events');
  list.prepend(...items);
  while (list.children.length > EVENTS_SHOWN_MAX) {
    list.lastElementChild.remove();
  }
  $('empty').hidden = list.children.length > 0;
  tellTimes();
}

function item(event, replayed) {
  const [title, mark] = TITLES[event.type] || [event.type, '•'];
  const node = $('event').content.firstElementChild.cloneNode(true);
  node.dataset.id = event.id;
  node.classList.toggle('fresh', !replayed);
  node.querySelector('.mark').textContent = mark;
  node.querySelector('.title').textContent = title;
  node.querySelector('code').textContent = event.type;
  addName(node.querySelector('.title'), event.subject, self);
  const time = node.querySelector('time');
  time.dateTime = event.time;
  time.title = new Date(event.time).toLocaleString();
  node.querySelector('summary').setAttribute('aria-label', `Details: ${title}`);
  node.querySelector('pre').textContent = JSON.stringify(event, null, 2);
  return node;
}

function tellTimes() {
  for (const time of document.querySelectorAll('time')) {
    time.textContent = ago((Date.now() - Date.parse(time.dateTime)) / 1000);
  }
}

function ago(seconds) {
  if (seconds < 45) {
    return 'just now';
  }
  for (const [unit, size] of [['day', 86400], ['hour', 3600], ['minute', 60]]) {
    if (seconds >= size || unit === 'minute') {
      return relative.format(-Math.max(1, Math.round(seconds / size)), unit);
    }
  }
  return '';
}

// ---- Appearance, stored with the account

async function followPreferences() {
  try {
    const { values: kept } = await api.preferences();
    theme = ['light', 'dark'].includes(kept.theme) ? kept.theme : 'system';
    paint();
  } catch {
    // The appearance stays; the next change reads it again.
  }
}

async function changeTheme(event) {
  theme = event.target.value;
  paint();
  try {
    await api.changePreference('theme', theme);
    notify('');
  } catch (failure) {
    notify(`Not saved: ${words(failure)}`);
  }
}

// ---- Beginning

async function begin() {
  dark.addEventListener('change', paint);
  paint();
  tabs();
  onSubmit($('panel-login'), fields => api.client.login(fields));
  onSubmit($('panel-register'), async fields => {
    if (await api.register(fields)) {
      await api.client.login({ email: fields.email, password: fields.password });
    } else {
      choose($('tab-login'));
      notify('Check your mail to continue.');
    }
  });
  entry({ choose, notify });
  $('sign-out').addEventListener('click', signOut);
  $('theme').addEventListener('change', changeTheme);
  setInterval(tellTimes, 20000);
  const link = await followLink();
  await api.client.started;
  if (link.opened) {
    show('welcome');
    document.querySelector('.entry form:not([hidden]) input').focus(); // A hidden input takes no focus.
  }
  let first = link.opened; // The form of the link comes before an earlier session.
  api.client.onUser(user => {
    if (!first) {
      follow(user);
    }
    first = false;
  });
  if (link.said) {
    notify(link.said);
  }
}

begin();
