package dev.skelly.features.profiles;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.event.Sha256;
import dev.skelly.feature.Access;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Ids;
import dev.skelly.feature.Parameter;
import dev.skelly.feature.Problem;
import dev.skelly.feature.QueryParameters;
import dev.skelly.feature.RateLimit;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import dev.skelly.feature.UserDirectory;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The routes under {@code /api/profiles}. */
final class ProfileRoutes {

    /** The maximum number of ids of a request. */
    static final int IDS_MAX = 100;

    private static final String TAG = "Identifies the response; sent as If-None-Match, it avoids the same body.";

    private final CommandBus commands;
    private final JsonMapper json;
    private final int perMinute;

    ProfileRoutes(CommandBus commands, JsonMapper json, int perMinute) {
        this.commands = commands;
        this.json = json;
        this.perMinute = perMinute;
    }

    List<Route> all() {
        return List.of(
                Route.of("GET", "/api/profiles", Access.SIGNED_IN, "Get the names of people", this::list)
                        .parameter(Parameter.list(
                                "ids",
                                true,
                                "Up to " + IDS_MAX + " account ids, comma-separated.",
                                Map.of("type", "string", "minLength", 1, "maxLength", Parameter.LIST_CHARS_MAX)))
                        .response(ResponseDescription.of(200, ProfilePage.class).with("ETag", TAG))
                        .limited(limit()),
                Route.of("GET", "/api/profiles/{id}", Access.SIGNED_IN, "Get the name of a person", this::one)
                        .response(
                                ResponseDescription.of(200, PersonProfile.class).with("ETag", TAG))
                        .problem(Problem.Kind.NOT_FOUND, "not-found", "no such account, or an erased one")
                        .limited(limit()));
    }

    /* Both routes share the bucket of a caller. Each id counts, known or not, so that a hundred at once try no more ids than one by one. */
    private RateLimit limit() {
        return new RateLimit(
                "profiles",
                perMinute,
                Duration.ofMinutes(1),
                request -> request.principal().account().toString(),
                ProfileRoutes::cost);
    }

    private static int cost(Request request) {
        return request.query("ids")
                .map(ids -> Math.min(IDS_MAX, ids.split(",", -1).length))
                .orElse(1);
    }

    private Future<Response> list(Request request) {
        var reader = new QueryParameters(request);
        var ids = reader.list("ids", "1 to " + IDS_MAX + " account ids, comma-separated", ProfileRoutes::ids);
        if (request.query("ids").isEmpty()) {
            throw Problem.invalid("ids", "required", "must be present");
        }
        reader.check();
        return found(Objects.requireNonNull(ids)).map(items -> reply(new ProfilePage(items)));
    }

    private static @Nullable List<UUID> ids(String text) {
        var ids =
                Stream.of(text.split(",", -1)).map(String::strip).map(Ids::read).toList();
        return ids.size() > IDS_MAX || ids.contains(Optional.<UUID>empty())
                ? null
                : ids.stream().map(Optional::orElseThrow).distinct().toList();
    }

    private Future<Response> one(Request request) {
        var id = Ids.read(request.path("id")).orElseThrow(ProfileRoutes::unknown);
        return found(List.of(id)).map(items -> reply(items.stream().findFirst().orElseThrow(ProfileRoutes::unknown)));
    }

    private static Problem unknown() {
        return Problem.notFound("no such account");
    }

    private Future<List<PersonProfile>> found(List<UUID> ids) {
        return commands.query(new UserDirectory.FindProfiles(ids)).map(found -> {
            var byId =
                    found.profiles().stream().collect(Collectors.toMap(UserDirectory.Profile::id, Function.identity()));
            return ids.stream()
                    .map(byId::get)
                    .filter(Objects::nonNull)
                    .map(PersonProfile::of)
                    .toList();
        });
    }

    private Response reply(Record body) {
        var tag = "\"" + Sha256.of(text(body)) + "\"";
        return Response.ok(body).header("ETag", tag).header("Cache-Control", "private, no-cache");
    }

    private String text(Record body) {
        try {
            return json.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a profile cannot be written", e);
        }
    }
}
