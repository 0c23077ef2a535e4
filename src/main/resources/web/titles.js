// The words for events and for gaps of the stream.

/** Title and mark by event type. */
export const TITLES = {
  'user.registered': ['Account created', '✦'],
  'user.preferences-initialised': ['Preferences set up', '⚙'],
  'user.preferences-changed': ['Preferences changed', '⚙'],
  'user.logged-in': ['Signed in', '→'],
  'user.device-added': ['Signed in on a new device', '!'],
  'user.logged-out': ['Signed out', '←'],
  'user.session-revoked': ['Session ended', '!'],
  'user.roles-changed': ['Roles changed', '✎'],
  'user.verified': ['E-mail address confirmed', '✓'],
  'user.updated': ['Account changed', '✎'],
  'user.deleted': ['Account deleted', '✕'],
  'user.password-changed': ['Password changed', '✎'],
  'user.email-change-requested': ['Change of the e-mail address requested', '@'],
  'user.email-changed': ['E-mail address changed', '@'],
  'user.password-forgotten': ['Password reset requested', '?'],
  'user.verification-requested': ['Confirmation mail requested', '?'],
  'user.registration-repeated': ['Registration with a known address', '?'],
  'notification.created': ['Notification', '•'],
  'notification.updated': ['Notifications changed', '•'],
  'notification.read': ['Notifications read', '✓'],
  'system.error': ['A node logged errors', '!'],
  'system.health-changed': ['A part of a node failed or works again', '!'],
  'feedback.given': ['Feedback given', '★'],
};

/** Sentence by reason. */
export const GAPS = {
  expired: 'Older events are no longer stored. New events appear live.',
  'other-log': 'The server’s log was restored. New events appear live.',
  'too-far': 'You missed too many events to show them all. New events appear live.',
  forbidden: 'You may no longer see some of these events. New events appear live.',
};
