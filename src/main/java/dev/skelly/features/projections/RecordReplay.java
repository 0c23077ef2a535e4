package dev.skelly.features.projections;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.feature.Command;
import java.util.UUID;

/**
 * Records how far a replay to a worker is.
 *
 * @param state in which it was; in another one this is rejected
 * @param position the last one examined
 * @param events how many more went to the worker
 * @param report of the dry run, or of the run, up to here
 */
record RecordReplay(UUID id, String state, long position, int events, JsonNode report) implements Command<Void> {}
