package dev.skelly.features.deadletters;

import dev.skelly.feature.Command;
import java.util.UUID;

/**
 * Requests that events are handed to a worker again.
 *
 * @param from first position
 * @param upTo last position
 * @param events how many events of this range the worker has not taken
 * @param id of the request
 */
record RedispatchWork(String worker, long from, long upTo, long events, UUID id) implements Command<Void> {}
