package dev.skelly.auth;

import dev.skelly.feature.Command;

/** Creates the key that signs access tokens if there is none. Encrypts an unencrypted one when a master key is set. */
public record EnsureSigningKey() implements Command<Void> {}
