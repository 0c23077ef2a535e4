/**
 * Sends mail: over SMTP where a server is set, else into a folder where a person can read it.
 *
 * <p>Owns no tables and appends no events. Features hand over a {@link dev.skelly.mail.Email}; it may go out twice when its sender runs
 * twice, then with the same Message-ID, by which receivers recognise it.
 */
@NullMarked
package dev.skelly.mail;

import org.jspecify.annotations.NullMarked;
