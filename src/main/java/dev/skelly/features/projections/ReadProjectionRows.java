package dev.skelly.features.projections;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.feature.Command;
import dev.skelly.feature.LogPoint;

/** Applies the events of one subject to empty temporary copies of a projection's tables, and returns their rows. Changes nothing. */
record ReadProjectionRows(String name, String subject, LogPoint point) implements Command<ReadProjectionRows.Rows> {

    /** The rows of each table, as a JSON object. */
    record Rows(JsonNode tables) {}
}
