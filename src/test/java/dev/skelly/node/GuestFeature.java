package dev.skelly.node;

import dev.skelly.eventlog.EventPage;
import dev.skelly.feature.Access;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.LeaderTask;
import dev.skelly.feature.Platform;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.Route;
import dev.skelly.feature.Schedule;
import dev.skelly.feature.ScheduledJob;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A feature that uses everything of its platform. */
record GuestFeature(String name) implements Feature {

    /**
     * Its settings.
     *
     * @param greeting what it says
     * @param guestsMax at least 1
     */
    public record GuestConfig(String greeting, int guestsMax) {

        static final GuestConfig DEFAULT = new GuestConfig("hello", 10);

        /** Rejects less than one guest. */
        public GuestConfig {
            if (guestsMax < 1) {
                throw new IllegalArgumentException(
                        "features.guests.guests-max: " + guestsMax + " (expected: 1 or more)");
            }
        }
    }

    @Override
    public Optional<Record> settings() {
        return Optional.of(GuestConfig.DEFAULT);
    }

    @Override
    public void install(FeatureRegistry registry, Platform platform) {
        var config = platform.settings(GuestConfig.class);
        registry.startupStep(
                sql -> sql.query("create table if not exists guest (what text)").execute());
        registry.startupStep(
                sql -> sql.query("insert into guest values ('started')").execute());
        registry.leaderTask(new Knock());
        registry.job(new ScheduledJob("guests.ring-bell", Schedule.every(Duration.ofSeconds(1)), due -> {
            platform.meters().counter("guest.bells").increment();
            return Future.succeededFuture();
        }));
        registry.greeting(home -> Future.succeededFuture(List.of(config.greeting() + " from " + home)));
        registry.greeting(home -> Future.failedFuture("this greeting fails"));
        registry.route(
                Route.of("GET", "/api/guests/{id}", Access.ADMIN, "Show a guest", request -> guest(request, platform)));
        registry.route(Route.of(
                "GET",
                "/api/guests",
                Access.ADMIN,
                "Show what the guest reads",
                request -> platform.log().page(0, null, null, 500).map(page -> read(page, platform))));
        registry.route(Route.of(
                "GET",
                "/api/guest-call",
                Access.ADMIN,
                "Call the product",
                request -> platform.web()
                        .getAbs(platform.publicUrl().get() + "/health/live")
                        .timeout(5_000)
                        .send()
                        .map(answer -> Response.ok(Map.of("status", answer.statusCode())))));
    }

    private static Future<Response> guest(Request request, Platform platform) {
        return platform.users()
                .find(UUID.fromString(request.path("id")))
                .map(found -> Response.ok(found.<Object>map(contact -> contact).orElse(Map.of())));
    }

    private static Response read(EventPage page, Platform platform) {
        platform.meters().counter("guest.reads").increment();
        return Response.ok(Map.of(
                "types",
                        page.events().stream()
                                .map(event -> event.type())
                                .distinct()
                                .toList(),
                "known", platform.types().types().size()));
    }

    private record Knock() implements LeaderTask {

        @Override
        public String name() {
            return "knock";
        }

        @Override
        public Duration every() {
            return Duration.ofHours(1);
        }

        @Override
        public Future<Void> round(SqlClient sql) {
            return sql.query("insert into guest values ('knocked')").execute().mapEmpty();
        }
    }
}
