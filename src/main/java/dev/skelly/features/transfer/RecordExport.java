package dev.skelly.features.transfer;

import dev.skelly.feature.Command;
import java.util.List;

/** Note that events are about to leave the log. */
record RecordExport(long after, List<String> types, boolean open, boolean follow) implements Command<Void> {}
