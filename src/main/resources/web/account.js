// The settings of the signed-in person's account.
import * as api from './api.js';
import { onSubmit, words } from './forms.js';

const CHANGES = new Set(['user.updated', 'user.verified', 'user.email-changed', 'user.logged-in', 'user.logged-out',
  'user.session-revoked']);
const $ = id => document.getElementById(id);
let tag = '';
let email = '';

// Shortens the User-Agent to browser and machine.
function program(agent) {
  const name = [['Edg', 'Edge'], ['OPR', 'Opera'], ['Firefox', 'Firefox'], ['Chrome', 'Chrome'], ['Safari', 'Safari']]
    .find(([mark]) => agent.includes(mark));
  const machine = ['iPhone', 'iPad', 'Android', 'Windows', 'Mac', 'Linux'].find(mark => agent.includes(mark));
  return name ? name[1] + (machine ? ` on ${machine}` : '') : agent.slice(0, 60) || 'A program';
}

function signIn(each, current, end) {
  const node = $('sign-in').content.firstElementChild.cloneNode(true);
  const here = each.id === current;
  node.querySelector('.title').textContent = program(each.agent) + (here ? ', here' : '');
  node.querySelector('.from').textContent = each.address;
  const time = node.querySelector('time');
  time.dateTime = each.usedAt;
  time.textContent = new Date(each.usedAt).toLocaleString();
  const button = node.querySelector('button');
  button.hidden = here;
  button.setAttribute('aria-label', `Sign out ${program(each.agent)}, ${each.address}`);
  button.addEventListener('click', () => end(each.id));
  return node;
}

/** Sets up the settings section, which a button of the header opens. */
export function settings({ notify, greet, said, shown }) {
  const doing = async (work, said) => {
    try {
      await work();
      notify(said);
    } catch (failure) {
      notify(words(failure));
    }
  };

  async function showSignIns() {
    const { items, current } = await api.signIns();
    $('sign-ins').replaceChildren(...items.map(each => signIn(each, current, id =>
      doing(() => api.endSignIn(id).then(showSignIns), 'The session has ended.'))));
  }

  async function read() {
    const found = await api.me();
    tag = found.tag;
    email = found.user.email;
    greet(found.user);
    if (document.activeElement !== $('profile-name')) {
      $('profile-name').value = found.user.name || '';
    }
    $('address-now').textContent = email;
    $('address-state').textContent = found.user.verified ? 'confirmed' : 'not confirmed yet';
    $('resend').hidden = found.user.verified;
    await showSignIns();
  }

  async function toggle() {
    const open = $('settings').hidden;
    shown(open);
    notify('');
    if (open) {
      $('settings-title').focus();
      await doing(read, '');
    }
  }

  async function download() {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await api.exportAll());
    link.download = 'skelly-export.json';
    link.click();
    URL.revokeObjectURL(link.href);
  }

  // onSubmit resets a form after its work, so its values are read again after that.
  const later = () => setTimeout(() => read().catch(() => {}), 0);

  $('open-settings').addEventListener('click', toggle);
  $('resend').addEventListener('click', () => doing(() => api.resendVerification(email), 'A mail is on its way.'));
  $('export').addEventListener('click', () => doing(download, 'Your data is in your downloads.'));
  $('end-all').addEventListener('click', async () => {
    said('You are signed out everywhere.');
    try {
      await api.endAllSignIns();
    } catch (failure) {
      said('');
      notify(words(failure));
    }
  });
  onSubmit($('profile'), async fields => {
    await api.rename(fields.name || null, tag);
    notify('Your name is saved.');
    later();
  });
  onSubmit($('address'), async fields => {
    await api.changeEmail(fields);
    notify('A mail went to the new address. Open its link to confirm the address.');
    later();
  });
  onSubmit($('password'), async fields => {
    await api.changePassword(fields);
    notify('Your password is changed. All other sessions have ended.');
    later();
  });
  onSubmit($('erase'), async fields => {
    const { tag: newest } = await api.me();
    said('Your account is deleted.');
    await api.eraseAccount(fields.password, newest).catch(failure => {
      said('');
      throw failure;
    });
  });

  /** Reloads the section after an event that changes it. */
  const happened = type => {
    if (CHANGES.has(type) && !$('settings').hidden) {
      later();
    }
  };
  return { happened };
}
