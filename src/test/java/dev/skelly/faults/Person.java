package dev.skelly.faults;

import java.util.UUID;

/** Somebody who registered and signed in. */
record Person(UUID account, String email, String token) {}
