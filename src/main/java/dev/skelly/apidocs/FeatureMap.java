package dev.skelly.apidocs;

import dev.skelly.event.EventType;
import dev.skelly.feature.CommandHandler;
import dev.skelly.feature.InstalledFeature;
import dev.skelly.feature.QueryHandler;
import dev.skelly.feature.Route;
import dev.skelly.feature.Worker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Generates the map of features: their routes, events and workers, and which worker handles which event. */
final class FeatureMap {

    private FeatureMap() {}

    static Map<String, Object> of(ApiModel surface) {
        var map = new LinkedHashMap<String, Object>();
        map.put("version", surface.version());
        map.put(
                "features",
                surface.features().stream()
                        .map(feature -> feature(surface, feature))
                        .toList());
        map.put(
                "events",
                surface.types().stream().map(type -> event(surface, type)).toList());
        return map;
    }

    private static Object feature(ApiModel surface, InstalledFeature feature) {
        var described = new LinkedHashMap<String, Object>();
        described.put("name", feature.name());
        described.put(
                "commands",
                feature.commands().stream().map(CommandHandler::name).sorted().toList());
        described.put(
                "queries",
                feature.queries().stream().map(QueryHandler::name).sorted().toList());
        described.put(
                "events",
                surface.types().stream()
                        .filter(type -> type.source().equals("/skelly/" + feature.name()))
                        .map(EventType::name)
                        .toList());
        described.put("routes", feature.routes().stream().map(FeatureMap::route).toList());
        described.put(
                "workers",
                feature.workers().stream()
                        .map(worker -> worker(surface, worker))
                        .toList());
        return described;
    }

    private static Object route(Route route) {
        var described = new LinkedHashMap<String, Object>();
        described.put("method", route.method());
        described.put("path", route.path());
        described.put("access", route.access().name().toLowerCase(Locale.ROOT));
        if (route.options().permission() != null) {
            described.put("permission", route.options().permission());
        }
        described.put("summary", route.summary());
        return described;
    }

    private static Object worker(ApiModel surface, Worker worker) {
        var described = new LinkedHashMap<String, Object>();
        described.put("name", worker.name());
        described.put("queue", "skelly.work." + worker.name());
        described.put(
                "listensTo",
                surface.types().stream()
                        .filter(type -> worker.reactsTo(type.name()))
                        .map(EventType::name)
                        .toList());
        return described;
    }

    private static Object event(ApiModel surface, EventType type) {
        var described = new LinkedHashMap<String, Object>();
        described.put("name", type.name());
        described.put("source", type.source());
        described.put("meaning", type.meaning());
        described.put("audience", type.audience().stream().map(String::valueOf).toList());
        described.put("emittableBy", emitters(type));
        described.put(
                "workers",
                surface.workers().stream()
                        .filter(worker -> worker.reactsTo(type.name()))
                        .map(Worker::name)
                        .toList());
        return described;
    }

    private static List<String> emitters(EventType type) {
        var emission = type.emission();
        return emission == null ? List.of() : emission.by().stream().sorted().toList();
    }
}
