// Keeps one native EventSource open and reports its state.

const RETRY_FIRST = 1000;
const RETRY_LAST = 15000;
const BYES = {
  drain: 'The server is restarting…',
  'max-age': 'Reconnecting…',
  auth: 'Renewing your session…',
  slow: 'The connection was too slow, reconnecting…',
};

/**
 * Reads the events after a cursor, then live.
 *
 * @param on callbacks: event(cloudEvent, replayed), state(name, text), gap(reason), ended()
 * @param renew gets a new access token; a failure with status 401 means that the session has ended
 * @param cursor where to begin
 */
export function listen(on, renew, cursor = 'earliest') {
  let source = null;
  let opened = 0;
  let missed = 0;
  let resumed = false;
  let ready = false;
  let closeReason = '';
  let failures = 0;
  let timer = 0;
  let stopped = false;

  function open() {
    on.state('connecting', opened ? 'Reconnecting…' : 'Connecting…');
    source = new EventSource(`/api/stream?named=false&lastEventId=${encodeURIComponent(cursor)}`);
    source.addEventListener('skelly.hello', hello);
    source.addEventListener('skelly.ready', live);
    source.addEventListener('skelly.gap', event => on.gap(JSON.parse(event.data).reason));
    source.addEventListener('skelly.bye', bye);
    source.onmessage = message;
    source.onerror = lost;
  }

  function hello(event) {
    resumed = opened > 0 && JSON.parse(event.data).resumed;
    opened++;
    missed = 0;
    ready = false;
    closeReason = '';
    on.state('connecting', 'Catching up…');
  }

  function live(event) {
    cursor = JSON.parse(event.data).cursor;
    ready = true;
    failures = 0;
    const caughtUp = missed === 0 ? 'nothing missed' : `caught up on ${missed}`;
    on.state('live', resumed ? `Live, resumed: ${caughtUp}` : 'Live');
  }

  function message(event) {
    cursor = event.lastEventId;
    missed++;
    on.event(JSON.parse(event.data), !ready);
  }

  function bye(event) {
    closeReason = BYES[JSON.parse(event.data).reason] || '';
  }

  // A native EventSource reconnects by itself, except after a status other than 200: then it stays closed.
  function lost() {
    ready = false;
    on.state('away', closeReason || 'Connection lost, reconnecting…');
    if (source.readyState === EventSource.CLOSED) {
      again();
    }
  }

  function again() {
    clearTimeout(timer);
    const wait = Math.min(RETRY_LAST, RETRY_FIRST * 2 ** failures) * (0.5 + Math.random());
    failures++;
    timer = setTimeout(reopen, wait);
  }

  async function reopen() {
    if (stopped) {
      return;
    }
    try {
      await renew();
    } catch (failure) {
      if (failure.status === 401) {
        stop();
        on.ended();
      } else {
        again();
      }
      return;
    }
    if (!stopped) {
      open();
    }
  }

  function stop() {
    stopped = true;
    clearTimeout(timer);
    source?.close();
  }

  open();
  return { stop };
}
