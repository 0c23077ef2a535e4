package dev.skelly.testkit;

import dev.skelly.declaration.EventTypeFiles;
import dev.skelly.event.Event;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.Upcast;
import dev.skelly.feature.Feature;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;

/** Reads the event types that features declare, in records and files. */
final class FeatureTypes {

    private FeatureTypes() {}

    static EventTypeRegistry of(Feature... features) {
        var families = new HashMap<String, Collection<Class<? extends Event>>>();
        var files = new EventTypeFiles();
        var upcasts = new ArrayList<Upcast>();
        for (var feature : features) {
            var source = "/skelly/" + feature.name();
            families.put(source, feature.events());
            feature.declarations().ifPresent(file -> files.resource(source, file, feature.getClass()));
            upcasts.addAll(feature.upcasts());
        }
        var declared = files.declared();
        upcasts.addAll(declared.upcasts());
        return EventTypeRegistry.of(
                families, new EventTypeRegistry.Declared(declared.types(), declared.topics(), upcasts));
    }
}
