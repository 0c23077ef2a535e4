// The bell: the number of unread notifications, and the list of the latest ones.
import { client } from './api.js';
import { words } from './forms.js';

const SHOWN_MAX = 20;
const $ = id => document.getElementById(id);
const { notifications: all } = client;

function item(each, read) {
  const node = $('notification').content.firstElementChild.cloneNode(true);
  const unread = !each.readAt;
  node.classList.toggle('unread', unread);
  const title = node.querySelector('.title');
  title.textContent = each.title;
  if (each.link) {
    const link = document.createElement('a');
    link.href = each.link;
    link.textContent = each.title;
    title.replaceChildren(link);
  }
  node.querySelector('.body').textContent = each.body;
  const time = node.querySelector('time');
  time.dateTime = each.updatedAt;
  time.textContent = new Date(each.updatedAt).toLocaleString();
  const button = node.querySelector('button');
  button.hidden = !unread;
  button.setAttribute('aria-label', `Mark as read: ${each.title}`);
  button.addEventListener('click', () => read(each.id));
  return node;
}

/** Sets up the bell of the header and its list. */
export function notifications({ notify }) {
  let stop = null;
  let shown = ''; // What the list shows: an equal one is left alone, so that no click is lost.

  const mark = (ids, state) => all.mark(ids, state).then(() => notify(''), failure => notify(words(failure)));

  function count({ unread }) {
    $('bell-number').textContent = unread > 99 ? '99+' : unread;
    $('bell-number').hidden = unread === 0;
    $('bell').setAttribute('aria-label', unread ? `Notifications, ${unread} unread` : 'Notifications');
    $('read-all').hidden = unread === 0;
  }

  function paint() {
    const items = all.items.slice(0, SHOWN_MAX);
    const now = JSON.stringify(items.map(each => [each.id, each.readAt, each.title, each.body, each.updatedAt]));
    if (now !== shown) {
      shown = now;
      $('notices-list').replaceChildren(...items.map(each => item(each, id => mark([id], 'read'))));
    }
    $('notices-empty').hidden = items.length > 0;
    count(all.counts);
  }

  function show(open) {
    $('notices').hidden = !open;
    $('bell').setAttribute('aria-expanded', String(open));
  }

  function toggle() {
    show($('notices').hidden);
    if (!$('notices').hidden) {
      $('notices-title').focus();
      mark('all', 'seen');
    }
  }

  $('bell').addEventListener('click', toggle);
  $('read-all').addEventListener('click', () => mark('all', 'read'));
  return {
    /** Begins for a person who has signed in. */
    start() {
      count({ unread: 0 });
      stop = all.onChange(paint);
    },

    /** Closes the list, and forgets whose it was. */
    stop() {
      stop?.();
      stop = null;
      show(false);
      shown = '';
      $('notices-list').replaceChildren();
    },
  };
}
