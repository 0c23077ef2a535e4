package dev.skelly.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.UnaryOperator;

/**
 * Converts the data of a type to the next version.
 *
 * @param type the type's current name
 * @param from the version it reads; it writes the next
 * @param step may change and return its argument
 */
public record Upcast(String type, int from, UnaryOperator<ObjectNode> step) {}
