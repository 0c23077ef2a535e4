package dev.skelly.fuzz;

import java.util.List;

/** Makes headers wrong. */
final class HeaderTwists {

    private static final List<String> MEDIA_TYPES = List.of(
            "",
            "text/html",
            "application/json; charset=latin1",
            "application/json;charset=\"utf-8\"",
            "APPLICATION/JSON",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/xml",
            "*/*",
            "application/cloudevents+json",
            "application/cloudevents-batch+json",
            "application/json, text/plain",
            ";;;=",
            "text/plain;charset=UTF-8");

    private static final List<String> TAGS = List.of(
            "*",
            "\"1\"",
            "\"0\"",
            "W/\"1\"",
            "1",
            "\"",
            "\"1\", \"2\"",
            "\"99999999999999999999\"",
            "\"-1\"",
            "\"\u00e9\"",
            "");

    private static final List<String> NAMES = List.of(
            "Accept",
            "Accept-Encoding",
            "Accept-Language",
            "X-Request-Id",
            "traceparent",
            "tracestate",
            "Cookie",
            "Range",
            "If-None-Match",
            "If-Modified-Since",
            "Last-Event-ID",
            "Idempotency-Key",
            "If-Match",
            "Forwarded",
            "X-Forwarded-For",
            "X-Forwarded-Proto",
            "X-Forwarded-Host",
            "User-Agent",
            "ce-specversion",
            "ce-id",
            "ce-type",
            "ce-source",
            "ce-subject",
            "ce-actor",
            "Authorization",
            "X-HTTP-Method-Override",
            "Upgrade-Insecure-Requests",
            "Content-Encoding");

    private HeaderTwists() {}

    static void apply(Draft draft, Values values) {
        switch (values.random().nextInt(11)) {
            case 0 -> type(draft, values);
            case 1 -> authorization(draft, values);
            case 2 -> tag(draft, values);
            case 3 -> key(draft, values);
            case 4 -> foreign(draft, values);
            case 5 -> cookie(draft, values);
            case 6 -> binary(draft, values);
            case 7 -> missing(draft, values);
            case 8 -> twice(draft, values);
            case 9 -> large(draft, values);
            default -> any(draft, values);
        }
    }

    private static void type(Draft draft, Values values) {
        draft.how.add("a content type");
        if (values.oneIn(4)) {
            draft.drop("Content-Type");
        } else {
            draft.header("Content-Type", values.one(MEDIA_TYPES));
        }
    }

    private static void authorization(Draft draft, Values values) {
        draft.how.add("a token");
        var token = values.known("access").orElse("e30.e30.e30");
        var at = values.random().nextInt(token.length());
        draft.header(
                "Authorization",
                values.one(List.of(
                        "Bearer " + token.substring(0, at),
                        "Bearer " + token.substring(0, at) + "A" + token.substring(at + 1),
                        "bearer " + token,
                        "Bearer",
                        "Bearer  ",
                        "Basic YTpi",
                        token,
                        "Bearer a.b.c",
                        "Bearer " + token + " " + token)));
    }

    private static void tag(Draft draft, Values values) {
        draft.how.add("a tag");
        draft.header("If-Match", values.oneIn(3) ? values.known("etag").orElse("\"1\"") : values.one(TAGS));
    }

    private static void key(Draft draft, Values values) {
        draft.how.add("a key");
        var key = values.oneIn(3)
                ? bytes(values.one(Nasty.TEXTS))
                : "key-" + values.random().nextInt(4);
        draft.header("Idempotency-Key", key);
    }

    private static void foreign(Draft draft, Values values) {
        draft.how.add("an origin");
        draft.header("Origin", values.one(List.of("https://evil.example", "null", "", "http://127.0.0.1", "::")));
        if (values.oneIn(2)) {
            draft.header("Sec-Fetch-Site", values.one(List.of("cross-site", "same-origin", "none", "?")));
        }
    }

    private static void cookie(Draft draft, Values values) {
        draft.how.add("a cookie");
        draft.drop("Authorization");
        var value = values.oneIn(2)
                ? values.known("access").orElse("")
                : values.oneIn(2) ? values.known("refreshToken").orElse("") : bytes(values.one(Nasty.TEXTS));
        draft.header(
                "Cookie", values.one(List.of("session=", "refresh=", "session", "=", "refresh=a; session=")) + value);
    }

    private static void binary(Draft draft, Values values) {
        draft.how.add("binary mode");
        draft.header("Content-Type", "application/json");
        draft.header("ce-specversion", values.oneIn(4) ? bytes(values.one(Nasty.TEXTS)) : "1.0");
        draft.header(
                "ce-id",
                values.oneIn(4) ? bytes(values.one(Nasty.TEXTS)) : values.id().toString());
        draft.header(
                "ce-type",
                values.oneIn(4)
                        ? bytes(values.one(Nasty.TEXTS))
                        : values.known("type").orElse("ui.viewed"));
        draft.header("ce-source", values.one(List.of("/x", "", "%zz", "%ff")));
        if (values.oneIn(2)) {
            draft.header("ce-subject", values.one(List.of("%00", "user:%C3%A4", "%E2%82", "\u00e9", "cart:1")));
        }
    }

    private static void missing(Draft draft, Values values) {
        draft.how.add("a header less");
        draft.drop(values.one(List.of("Authorization", "If-Match", "Content-Type", "Host")));
    }

    private static void twice(Draft draft, Values values) {
        draft.how.add("a header twice");
        draft.headers.add(values.one(draft.headers));
    }

    private static void large(Draft draft, Values values) {
        draft.how.add("large headers");
        if (values.oneIn(2)) {
            draft.header("X-Long", "z".repeat(2_000 + values.random().nextInt(20_000)));
        } else {
            for (var number = values.random().nextInt(400); number > 0; number--) {
                draft.headers.add("x-" + number + ": " + number);
            }
        }
    }

    private static void any(Draft draft, Values values) {
        var name = values.one(NAMES);
        draft.how.add(name);
        draft.header(name, bytes(values.one(Nasty.TEXTS)));
    }

    /* What a header line holds without being two; other control characters stay. */
    private static String bytes(String text) {
        var utf8 = new String(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.ISO_8859_1);
        return utf8.replaceAll("[\r\n]", "");
    }
}
