// The feed: the newest events of the history, all later ones from the stream, and the state of the connection.
import { client, newest } from './api.js';

const WORDS = {
  idle: ['connecting', 'Connecting…'],
  connecting: ['connecting', 'Connecting…'],
  waiting: ['away', 'Connection lost, reconnecting…'],
  offline: ['away', 'This device has no network.'],
};

/**
 * Reads a person's newest events, then live.
 *
 * @param on callbacks: event(cloudEvent, replayed), state(name, text), gap(reason)
 * @param wanted whether an event is of interest
 * @returns what ends it
 */
export function listen(user, limit, wanted, on) {
  let ended = false;
  let times = 0;
  let missed = 0;
  const stops = [client.onGap(({ reason }) => on.gap(reason)), client.onConnection(tell)];

  function tell({ state }) {
    if (state === 'live') {
      times++;
      const caughtUp = missed === 0 ? 'nothing missed' : `caught up on ${missed}`;
      on.state('live', times > 1 ? `Live, resumed: ${caughtUp}` : 'Live');
    } else if (WORDS[state]) {
      missed = 0;
      on.state(...WORDS[state]);
    }
  }

  function take(event, { replayed }) {
    missed++;
    if (wanted(event)) {
      on.event(event, replayed);
    }
  }

  async function begin() {
    const channels = ['public', `user:${user.id}`, ...user.roles.map(role => `role:${role}`)];
    const { items, cursor } = await newest(channels, limit, wanted).catch(() => ({ items: [], cursor: 'earliest' }));
    if (!ended) {
      items.forEach(event => on.event(event, true));
      stops.push(client.subscribe('*', take, { since: cursor || 'earliest' }));
    }
  }

  begin();
  return () => {
    ended = true;
    stops.forEach(stop => stop());
  };
}
