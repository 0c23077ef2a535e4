package dev.skelly.planted.features.garden;

import io.vertx.sqlclient.Tuple;

/** Breaks: SQL of a feature lives in its tables and projections. */
final class GardenCommands {

    private GardenCommands() {}

    static Tuple parameters() {
        return Tuple.of("rose");
    }
}
