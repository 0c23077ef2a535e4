// Who is on this page, and who is typing: presence and signals of one topic.
import { client } from './api.js';
import { onSubmit } from './forms.js';

const TOPIC = 'topic:feedback/page'; // Declared in conf/events/feedback.yaml; the part stays hidden where it is not.
const SHOWN_MAX = 12;
const SAID_EVERY = 2000; // Who types says so this often,
const TYPING_KEPT = 5000; // and no longer counts so long after the last time.

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
  const typing = new Map(); // Name and timer by id.
  let presence = null;
  let stops = [];
  let self = '';
  let saidAt = 0; // 0 while this person does not type.

  // ---- What others do

  function paint() {
    const { people: here, total } = presence;
    const known = [...here].sort((a, b) => (b.id === self) - (a.id === self) || a.since.localeCompare(b.since));
    const shown = known.slice(0, SHOWN_MAX);
    $('people-list').replaceChildren(...shown.map(item));
    const more = total - shown.length;
    $('people-more').textContent = `and ${more} more`;
    $('people-more').hidden = more < 1;
    $('people-count').textContent = total === 1 && here[0]?.id === self ? 'Only you are here' : `${total} here now`;
    $('typing').textContent = who([...typing.values()].map(one => one.name));
    if (here.some(({ id }) => id === self)) {
      $('people').hidden = false;
      $('people').dataset.state = 'live';
    }
  }

  function item(person) {
    const name = person.name || 'No name';
    const node = document.createElement('li');
    node.classList.toggle('typing', typing.has(person.id));
    node.append(span('mark', initials(name)), span('name', person.id === self ? `${name} (you)` : name));
    node.firstElementChild.ariaHidden = 'true';
    return node;
  }

  function changed() {
    const here = new Set(presence.people.map(({ id }) => id));
    [...typing.keys()].filter(id => !here.has(id)).forEach(stopTyping);
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
      const timer = setTimeout(() => {
        stopTyping(from.id);
        paint();
      }, TYPING_KEPT);
      typing.set(from.id, { name: from.name || 'A person', timer });
    }
    paint();
  }

  function connected({ state }) {
    if (state === 'waiting' || state === 'offline') {
      [...typing.keys()].forEach(stopTyping);
      $('people').dataset.state = 'away';
    } else if (state === 'live') {
      paint();
    }
  }

  // ---- What this person does

  function say(on) {
    const now = Date.now();
    if (on ? now - saidAt >= SAID_EVERY : saidAt > 0) {
      saidAt = on ? now : 0;
      client.signal(TOPIC, 'typing', { on }).catch(() => {}); // The next one says it again.
    }
  }

  async function give({ stars, words }) {
    say(false);
    await client.emit('feedback.given', { about: 'page', stars: Number(stars), ...(words && { words }) }).accepted;
    notify('Thank you for your feedback.');
  }

  async function follow(id) {
    // Where the declarations do not have it, the part stays hidden.
    const known = await client.request('GET', '/api/event-types/feedback.given').then(() => true, () => false);
    if (known && self === id) {
      presence = client.presence(TOPIC, {});
      stops = [presence.onChange(changed), client.onSignal(TOPIC, signalled), client.onConnection(connected)];
    }
  }

  /** Leaves, and forgets who was there. */
  function stop() {
    stops.forEach(end => end());
    stops = [];
    presence?.leave();
    presence = null;
    [...typing.keys()].forEach(stopTyping);
    self = '';
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
      follow(id);
    },
    stop,
  };
}
