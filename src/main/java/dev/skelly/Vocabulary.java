package dev.skelly;

import dev.skelly.declaration.Declarations;
import dev.skelly.event.Catalogue;
import dev.skelly.event.Event;
import dev.skelly.event.Upcast;
import dev.skelly.feature.Feature;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;

/** All that can be said in this process: the event types of the features' records, of their files, and of the operator's folder. */
final class Vocabulary {

    private Vocabulary() {}

    /**
     * Reads everything.
     *
     * @param folder of the operator's declarations
     * @throws IllegalArgumentException naming every fault, a line each
     */
    static Catalogue of(Collection<Feature> features, Path folder) {
        var families = new HashMap<String, List<Class<? extends Event>>>();
        var upcasts = new ArrayList<Upcast>();
        var declarations = new Declarations();
        for (var feature : features) {
            var source = "/skelly/" + feature.name();
            families.put(source, feature.events());
            upcasts.addAll(feature.upcasts());
            feature.declarations().ifPresent(file -> declarations.resource(source, file));
        }
        var declared = declarations.folder(folder).declared();
        upcasts.addAll(declared.upcasts());
        return Catalogue.of(families, new Catalogue.Declared(declared.types(), declared.topics(), upcasts));
    }
}
