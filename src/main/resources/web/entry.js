// Password reset, and the links of mails.
import * as api from './api.js';
import { onSubmit, words } from './forms.js';

const $ = id => document.getElementById(id);
let proof = '';

function showOnly(panel) {
  for (const form of document.querySelectorAll('.entry form')) {
    form.hidden = form !== panel;
  }
  panel.querySelector('input').focus();
}

/** Sets up the forms for a new password and for the first administrator. */
export function entry({ choose, notify }) {
  const back = () => {
    choose($('tab-login'));
    $('login-email').focus();
  };
  $('open-forgot').addEventListener('click', () => {
    $('forgot-email').value = $('login-email').value;
    showOnly($('panel-forgot'));
  });
  for (const button of document.querySelectorAll('[data-back]')) {
    button.addEventListener('click', back);
  }
  onSubmit($('panel-forgot'), async fields => {
    await api.forgotPassword(fields);
    back();
    notify('If this address has an account here, a mail with a link is on its way.');
  });
  onSubmit($('panel-reset'), async fields => {
    await api.resetPassword(proof, fields.password);
    proof = '';
    back();
    notify('Your new password is set. Please sign in with it.');
  });
  onSubmit($('panel-first'), async fields => {
    await api.firstAdministrator(proof, fields);
    proof = '';
    await api.client.login({ email: fields.email, password: fields.password });
  });
}

/* A browser that does not know the account gets a token, with which the owner of the address sets a new password. */
async function prove(what, token, done) {
  try {
    proof = (await what(token)).body?.resetToken || '';
  } catch (failure) {
    return { said: `Your e-mail address could not be confirmed: ${words(failure)}`, opened: false };
  }
  if (proof) {
    showOnly($('panel-reset'));
    return { said: `${done} It was confirmed in another browser than the account was made in: please set a new password.`, opened: true };
  }
  return { said: done, opened: false };
}

/** Follows the link of a mail, if one opened the page. Returns the text to show, and whether a form was opened. */
export async function followLink() {
  const link = new URLSearchParams(location.hash.slice(1));
  if (link.size === 0) {
    return { said: '', opened: false };
  }
  history.replaceState(null, '', location.pathname);
  for (const [purpose, panel] of [['reset-password', 'panel-reset'], ['first-administrator', 'panel-first']]) {
    proof = link.get(purpose) || '';
    if (proof) {
      showOnly($(panel));
      return { said: '', opened: true };
    }
  }
  const verify = link.get('verify-email');
  const change = link.get('confirm-email');
  if (verify) {
    return prove(api.verifyEmail, verify, 'Your e-mail address is confirmed.');
  }
  return change ? prove(api.confirmEmail, change, 'Your new e-mail address is confirmed.') : { said: '', opened: false };
}
