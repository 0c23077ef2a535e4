/**
 * Sends mails: over SMTP when a server is set, otherwise into a folder where people can read them.
 *
 * <p>Owns no tables and emits no events. Features send an {@link dev.skelly.mail.Email}. It may be sent twice when its worker runs
 * twice, with the same Message-ID, by which receivers recognise it.
 */
@NullMarked
package dev.skelly.mail;

import org.jspecify.annotations.NullMarked;
