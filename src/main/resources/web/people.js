// Who is on this page, and who is typing: presence and signals of one topic, over a WebSocket.
import * as api from './api.js';
import { onSubmit } from './forms.js';
import { knownName } from './names.js';

const TOPIC = 'topic:feedback/page'; // Declared in conf/events/feedback.yaml; the part stays hidden where it is not.
const SHOWN_MAX = 12;
const SAID_EVERY = 2000; // Who types says so this often,
const TYPING_KEPT = 5000; // and no longer counts so long after the last time.
const RETRY_FIRST = 1000;
const RETRY_LAST = 15000;
const FINAL = 3500; // Close codes from here on: a new connection does not help.

const STARS = [1, 2, 3, 4, 5].map(n => `
      <label><input type="radio" name="stars" value="${n}" required aria-label="${n} of 5 stars"><span>${n} ★</span></label>`).join('');
const MARKUP = `
  <div class="head">
    <h2 id="people-title">Who is here</h2>
    <p class="hint" id="people-count" role="status"></p>
  </div>
  <ul id="people-list" aria-labelledby="people-title"></ul>
  <p class="hint" id="people-more" hidden></p>
  <form id="feedback" aria-label="Feedback">
    <div class="field">
      <label for="feedback-words">How do you like this page? <span class="optional">Others see that you type, not what.</span></label>
      <textarea id="feedback-words" name="words" rows="2" maxlength="2000"></textarea>
    </div>
    <p class="hint" id="typing" role="status"></p>
    <div class="send">
      <div class="choices" role="radiogroup" aria-label="Stars">${STARS}
      </div>
      <button type="submit" class="quiet">Send feedback</button>
    </div>
    <p class="problem" role="alert" hidden></p>
  </form>`;

const $ = id => document.getElementById(id);

function initials(name) {
  return name.split(/\s+/).map(part => [...part][0]).slice(0, 2).join('').toUpperCase();
}

function span(style, text) {
  const node = document.createElement('span');
  node.className = style;
  node.textContent = text;
  return node;
}

function who(names) {
  if (names.length > 2) {
    return 'Several people are typing…';
  }
  return names.length ? `${names.join(' and ')} ${names.length > 1 ? 'are' : 'is'} typing…` : '';
}

/** Sets up the part of the page that shows who is there. */
export function people({ notify }) {
  const here = new Map(); // Person by id.
  const typing = new Map(); // Name and timer by id.
  let total = 0;
  let self = '';
  let socket = null;
  let timer = 0;
  let failures = 0;
  let saidAt = 0; // 0 while this person does not type.

  function send(message) {
    if (socket?.readyState === WebSocket.OPEN) {
      socket.send(JSON.stringify(message));
    }
  }

  // ---- What others do

  function paint() {
    const known = [...here.values()].sort((a, b) => (b.id === self) - (a.id === self) || a.since.localeCompare(b.since));
    const shown = known.slice(0, SHOWN_MAX);
    $('people-list').replaceChildren(...shown.map(item));
    const more = total - shown.length;
    $('people-more').textContent = `and ${more} more`;
    $('people-more').hidden = more < 1;
    $('people-count').textContent = total === 1 && here.has(self) ? 'Only you are here' : `${total} here now`;
    $('typing').textContent = who([...typing.values()].map(one => one.name));
  }

  function item(person) {
    const name = person.name || 'No name';
    const node = document.createElement('li');
    node.classList.toggle('typing', typing.has(person.id));
    node.append(span('mark', initials(name)), span('name', person.id === self ? `${name} (you)` : name));
    node.firstElementChild.ariaHidden = 'true';
    return node;
  }

  async function add(person) {
    here.set(person.id, person);
    if (!person.name) {
      person.name = await knownName(person.id);
      paint();
    }
  }

  function present(change) {
    [...change.joined, ...change.updated].forEach(add);
    for (const { id } of change.left) {
      here.delete(id);
      stopTyping(id);
    }
    total = change.total;
    paint();
  }

  function stopTyping(id) {
    clearTimeout(typing.get(id)?.timer);
    typing.delete(id);
  }

  function signalled({ name, from, data }) {
    if (name !== 'typing' || from.id === self) {
      return;
    }
    stopTyping(from.id);
    if (data?.on) {
      typing.set(from.id, {
        name: from.name || here.get(from.id)?.name || 'A person',
        timer: setTimeout(() => {
          stopTyping(from.id);
          paint();
        }, TYPING_KEPT),
      });
    }
    paint();
  }

  // ---- What this person does

  function say(on) {
    const now = Date.now();
    if (on ? now - saidAt >= SAID_EVERY : saidAt > 0) {
      saidAt = on ? now : 0;
      send({ do: 'signal', channel: TOPIC, name: 'typing', data: { on } });
    }
  }

  async function give({ stars, words }) {
    say(false);
    await api.emit('feedback.given', { about: 'page', stars: Number(stars), ...(words && { words }) });
    notify('Thank you for your feedback.');
  }

  // ---- The connection

  function open() {
    const url = new URL('/api/ws', location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    const mine = new WebSocket(url, 'skelly.v1.json');
    socket = mine;
    mine.onopen = () => {
      here.clear();
      send({ do: 'subscribe', ref: 1, channels: [TOPIC] });
      send({ do: 'presence', ref: 2, channel: TOPIC, state: {} });
    };
    mine.onmessage = event => socket === mine && take(JSON.parse(event.data));
    mine.onclose = event => socket === mine && lost(event.code);
  }

  function take(message) {
    if (message.presence) {
      present(message.presence);
    } else if (message.signal) {
      signalled(message.signal);
    } else if (message.ref === 2 && message.ok) {
      failures = 0;
      $('people').hidden = false;
      $('people').dataset.state = 'live';
    } else if (message.ref && [403, 422].includes(message.problem?.status)) {
      stop(); // The topic does not exist here, or is not for this person.
    }
  }

  function lost(code) {
    [...typing.keys()].forEach(stopTyping);
    paint();
    $('people').dataset.state = 'away';
    if (code < FINAL) {
      timer = setTimeout(open, Math.min(RETRY_LAST, RETRY_FIRST * 2 ** failures) * (0.5 + Math.random()));
      failures++;
    }
  }

  /** Leaves, and forgets who was there. */
  function stop() {
    clearTimeout(timer);
    send({ do: 'presence', channel: TOPIC, state: null });
    socket?.close();
    socket = null;
    [...typing.keys()].forEach(stopTyping);
    here.clear();
    saidAt = 0;
    $('people').hidden = true;
    $('feedback').reset();
    $('people-list').replaceChildren();
  }

  $('people').innerHTML = MARKUP;
  $('feedback-words').addEventListener('input', event => say(event.target.value !== ''));
  $('feedback-words').addEventListener('blur', () => say(false));
  onSubmit($('feedback'), give);
  return {
    /** Begins for a person who has signed in. */
    start(id) {
      stop();
      self = id;
      failures = 0;
      open();
    },
    stop,
  };
}
