package dev.skelly.features.transfer;

import dev.skelly.feature.Command;
import java.util.List;

/** Records that events are about to be exported. */
record RecordExport(long after, List<String> types, boolean open, boolean follow) implements Command<Void> {}
