package dev.skelly.auth;

import dev.skelly.feature.Command;

/** Makes the key that signs access tokens where there is none; seals one that lies unsealed when a master key is set by now. */
public record EnsureSigningKey() implements Command<Void> {}
