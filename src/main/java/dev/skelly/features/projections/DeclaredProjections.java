package dev.skelly.features.projections;

import dev.skelly.feature.InstalledFeature;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Projection;
import dev.skelly.feature.ProjectionKind;
import dev.skelly.feature.Worker;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The projections and workers of all features. */
record DeclaredProjections(Supplier<List<InstalledFeature>> features) {

    List<Projection> all() {
        return features.get().stream()
                .flatMap(feature -> feature.projections().stream())
                .toList();
    }

    /** Returns those that keep rows. */
    List<Projection> kept() {
        return all().stream()
                .filter(projection -> projection.kind() != ProjectionKind.LIVE)
                .toList();
    }

    Optional<Projection> find(String name) {
        return all().stream()
                .filter(projection -> projection.name().equals(name))
                .findFirst();
    }

    /** Returns one; throws 404 if there is none. */
    Projection named(String name) {
        return find(name).orElseThrow(() -> Problem.notFound("no such projection"));
    }

    List<Worker> workers() {
        return features.get().stream()
                .flatMap(feature -> feature.workers().stream())
                .toList();
    }

    Optional<Worker> worker(String name) {
        return workers().stream().filter(worker -> worker.name().equals(name)).findFirst();
    }
}
