package dev.skelly.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.UnaryOperator;

/**
 * Brings the data of an older version of a type one version on.
 *
 * @param type the type's present name
 * @param from the version it takes; it gives the next
 * @param step may change and return what it is handed
 */
public record Upcast(String type, int from, UnaryOperator<ObjectNode> step) {}
