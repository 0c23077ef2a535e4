// The bell: the number of unread notifications, and the list of the latest ones.
import * as api from './api.js';
import { words } from './forms.js';

const WAIT = 200; // Events that come together are one read.
const $ = id => document.getElementById(id);

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
  let timer = 0;
  let on = false;
  let shown = ''; // What the list shows: an equal one is left alone, so that no click is lost.

  function paint({ unread }) {
    $('bell-number').textContent = unread > 99 ? '99+' : unread;
    $('bell-number').hidden = unread === 0;
    $('bell').setAttribute('aria-label', unread ? `Notifications, ${unread} unread` : 'Notifications');
    $('read-all').hidden = unread === 0;
  }

  async function doing(work) {
    try {
      paint((await work()).counts);
      notify('');
    } catch (failure) {
      notify(words(failure));
    }
  }

  async function reload() {
    const page = await api.notifications();
    const now = JSON.stringify(page.items.map(each => [each.id, each.readAt, each.title, each.body, each.updatedAt]));
    if (now !== shown) {
      shown = now;
      $('notices-list').replaceChildren(...page.items.map(each => item(each, id => change({ ids: [id], state: 'read' }))));
    }
    $('notices-empty').hidden = page.items.length > 0;
    return page;
  }

  const change = body => doing(async () => {
    await api.changeNotifications(body);
    return reload();
  });

  function later() {
    clearTimeout(timer);
    timer = setTimeout(() => on && reload().then(page => paint(page.counts)).catch(() => {}), WAIT);
  }

  function show(open) {
    $('notices').hidden = !open;
    $('bell').setAttribute('aria-expanded', String(open));
    if (open) {
      $('notices-title').focus();
      change({ all: true, state: 'seen' });
    }
  }

  $('bell').addEventListener('click', () => show($('notices').hidden));
  $('read-all').addEventListener('click', () => change({ all: true, state: 'read' }));
  return {
    /** Begins for a person who has signed in. */
    start() {
      on = true;
      paint({ unread: 0 });
      later();
    },

    /** Closes the list, and forgets whose it was. */
    stop() {
      on = false;
      clearTimeout(timer);
      show(false);
      shown = '';
      $('notices-list').replaceChildren();
    },

    /** Shows what an event says. An earlier event has counts of its time, so the list is read again. */
    happened(event, replayed) {
      if (event.type.startsWith('notification.') && event.data.counts) {
        if (!replayed) {
          paint(event.data.counts);
        }
        later();
      }
    },
  };
}
