package dev.skelly.apidocs;

import dev.skelly.feature.Access;
import dev.skelly.feature.ApiDescription;
import dev.skelly.feature.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Generates the OpenAPI security schemes. */
final class SecuritySchemes {

    private static final Map<ApiDescription.Sign, String> NAMES = Map.of(
            ApiDescription.Sign.BEARER, "bearer",
            ApiDescription.Sign.SESSION_COOKIE, "sessionCookie",
            ApiDescription.Sign.REFRESH_COOKIE, "refreshCookie",
            ApiDescription.Sign.TICKET, "ticket");

    private SecuritySchemes() {}

    static Map<String, Object> all() {
        var schemes = new LinkedHashMap<String, Object>();
        schemes.put(
                "bearer",
                scheme(
                        "http",
                        "scheme",
                        "bearer",
                        "bearerFormat",
                        "JWT",
                        "The access token of a session; `expiresIn` is its lifetime in seconds."));
        schemes.put(
                "sessionCookie",
                scheme(
                        "apiKey",
                        "in",
                        "cookie",
                        "name",
                        "session",
                        "The access token as a cookie, for pages of this server only."));
        schemes.put(
                "refreshCookie",
                scheme("apiKey", "in", "cookie", "name", "refresh", "The refresh token; replaced with every use."));
        schemes.put(
                "ticket",
                scheme(
                        "apiKey",
                        "in",
                        "query",
                        "name",
                        "ticket",
                        "From POST /api/stream/tickets; opens one stream, once."));
        return schemes;
    }

    private static Map<String, Object> scheme(
            String type, String one, String oneValue, String other, String otherValue, String description) {
        var scheme = new LinkedHashMap<String, Object>();
        scheme.put("type", type);
        scheme.put(one, oneValue);
        scheme.put(other, otherValue);
        scheme.put("description", description);
        return scheme;
    }

    /** Returns the alternatives that a route accepts; an empty one means that no authentication is accepted too. */
    static List<Object> of(Route route) {
        List<Object> ways = new ArrayList<>();
        signs(route).forEach(sign -> ways.add(Map.of(NAMES.getOrDefault(sign, "bearer"), List.of())));
        if (route.access() == Access.ANYONE && !ways.isEmpty()) {
            ways.add(Map.of());
        }
        return ways;
    }

    private static List<ApiDescription.Sign> signs(Route route) {
        if (!route.about().signs().isEmpty()) {
            return route.about().signs();
        }
        if (route.access() == Access.ANYONE && !route.options().sessionCookie()) {
            return List.of();
        }
        return route.options().sessionCookie()
                ? List.of(ApiDescription.Sign.BEARER, ApiDescription.Sign.SESSION_COOKIE)
                : List.of(ApiDescription.Sign.BEARER);
    }
}
