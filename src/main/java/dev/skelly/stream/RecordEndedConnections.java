package dev.skelly.stream;

import dev.skelly.feature.Command;

/** Records that an administrator ends connections; {@code target} is {@code user:id} or {@code connection:id}. */
record RecordEndedConnections(String target) implements Command<Void> {}
