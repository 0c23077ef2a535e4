package dev.skelly.node;

import dev.skelly.config.InvalidSettings;
import dev.skelly.declaration.EventTypeFiles;
import dev.skelly.event.Event;
import dev.skelly.event.EventTypeFault;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.Upcast;
import dev.skelly.feature.Feature;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;

/** All that can be said in this process: the event types of the features' records, of their files, and of the operator's folder. */
final class EventTypeLoader {

    private EventTypeLoader() {}

    /**
     * Reads everything.
     *
     * @param folder of the operator's declarations
     * @throws InvalidSettings naming every fault, of the files and between the types
     */
    static EventTypeRegistry of(Collection<Feature> features, Path folder) {
        var families = new HashMap<String, List<Class<? extends Event>>>();
        var upcasts = new ArrayList<Upcast>();
        var declarations = new EventTypeFiles();
        for (var feature : features) {
            var source = "/skelly/" + feature.name();
            families.put(source, feature.events());
            upcasts.addAll(feature.upcasts());
            feature.declarations().ifPresent(file -> declarations.resource(source, file));
        }
        declarations.folder(folder);
        var declared = declarations.found();
        upcasts.addAll(declared.upcasts());
        var faults = new ArrayList<>(declarations.faults());
        try {
            var catalogue = EventTypeRegistry.of(
                    families, new EventTypeRegistry.Declared(declared.types(), declared.topics(), upcasts));
            if (faults.isEmpty()) {
                return catalogue;
            }
        } catch (EventTypeFault between) {
            faults.addAll(between.faults());
        }
        throw new InvalidSettings(faults);
    }
}
