package dev.skelly.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.WholeNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Documents that have broken parsers get the same verdict on every route that takes a body, in every form in which it may come. */
class JsonCorpusIT {

    private static final int LONG = 1_000_000;
    private static final int DEEP = 100_000;

    @SuppressWarnings("NullAway.Init")
    private static WholeNode node;

    @SuppressWarnings("NullAway.Init")
    private static String token;

    @BeforeAll
    static void start() {
        node = WholeNode.start(Map.of("ratelimit.enabled", "false"));
        token = node.signIn(WholeNode.ADMIN);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    /** A way to send a body; what else it is sent with. */
    private record Form(String method, String path, List<String> headers) {}

    private static Map<String, String> verdicts() {
        var verdicts = new LinkedHashMap<String, String>();
        verdicts.put("[".repeat(DEEP), "400 json-too-complex");
        verdicts.put("{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP), "400 json-too-complex");
        verdicts.put("9".repeat(LONG), "400 json-too-complex");
        verdicts.put("{\"a\":0." + "1".repeat(LONG) + "}", "400 json-too-complex");
        verdicts.put("[" + "1,".repeat(DEEP * 2) + "1]", "400 json-too-complex");
        verdicts.put("[" + "1,".repeat(LONG) + "1]", "413 body-too-large");
        verdicts.put("{\"a\":\"" + "x".repeat(LONG / 2) + "\"}", "400 json-too-complex");
        verdicts.put("{\"a\":1e99999999999}", "400 json-too-complex");
        verdicts.put("{\"a\":1e999999}", "422 invalid-input");
        verdicts.put("{\"a\":1,\"a\":2}", "400 malformed-json");
        verdicts.put("{\"a\":/*c*/1}", "400 malformed-json");
        verdicts.put("{\"a\":1}//c\n", "400 malformed-json");
        verdicts.put("{\"a\":NaN}", "400 malformed-json");
        verdicts.put("{\"a\":-Infinity}", "400 malformed-json");
        verdicts.put("{'a':1}", "400 malformed-json");
        verdicts.put("{\"a\":1}{}", "400 malformed-json");
        verdicts.put("{\"a\":01}", "400 malformed-json");
        verdicts.put("{\"a\":\"\\ud800\"}", "422 invalid-input");
        verdicts.put("{\"a\":\"\\udc00\\ud800\"}", "422 invalid-input");
        verdicts.put("{\"a\":\"\\u0000\"}", "422 invalid-input");
        verdicts.put("{\"\\u0000\":1}", "422 invalid-input");
        verdicts.put("{\"a\":\"\u0000\"}", "400 malformed-json");
        verdicts.put("\u00ef\u00bb\u00bf{}", "400 malformed-json"); // The marks of a byte order, of half a character,
        verdicts.put(
                "{\"a\":\"\u00ed\u00a0\u0080\"}",
                "400 malformed-json"); // and of a slash in too many bytes, byte for byte.
        verdicts.put("{\"a\":\"\u00c0\u00af\"}", "400 malformed-json");
        verdicts.put("{\u0000\"\u0000a\u0000\"\u0000:\u00001\u0000}\u0000", "400 malformed-json");
        return verdicts;
    }

    @Test
    void everyRouteGivesTheSameVerdict() {
        // Given
        var forms = forms();
        assertThat(forms).hasSizeGreaterThan(20);

        // When
        var wrong = new ArrayList<String>();
        verdicts()
                .forEach((document, verdict) -> forms.forEach(form -> {
                    var said = verdict(send(form, document));
                    if (!said.equals(verdict)) {
                        wrong.add(form + " " + document.substring(0, Math.min(40, document.length())) + " -> " + said
                                + " (expected: " + verdict + ")");
                    }
                }));

        // Then
        System.out.println("{\"test\":\"json-corpus\",\"documents\":"
                + verdicts().size() + ",\"forms\":" + forms.size() + ",\"wrong\":" + wrong.size() + "}");
        assertThat(wrong).isEmpty();
    }

    @Test
    void aPrototypeIsAFieldLikeAnyOther() {
        // When
        var body = "{\"__proto__\":{\"admin\":true},\"constructor\":1}";
        var answers = forms().stream().map(form -> send(form, body)).toList();
        var kept = node.send(node.request("/api/me/preferences")
                .header("Authorization", "Bearer " + token)
                .build());

        // Then
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.statusCode())
                        .as(answer.uri() + answer.body())
                        .isIn(200, 422));
        assertThat(node.read(kept.body()).toString()).contains("\"__proto__\":{\"admin\":true}");
    }

    /* Of every operation that takes a body, each type that it may be announced as; and the ways of events. */
    private static List<Form> forms() {
        var forms = new ArrayList<Form>();
        var api = new ApiDescription(node.read(node.get("/openapi.json").body()));
        var bearer = "Authorization: Bearer " + token;
        for (var operation : api.operations()) {
            var path = operation
                    .path()
                    .replace("{id}", UUID.randomUUID().toString())
                    .replace("{connection}", UUID.randomUUID().toString())
                    .replace("{channel}", "topic:feedback%2Fhall")
                    .replace("{name}", "gardener")
                    .replace("{sku}", "lamp");
            for (var type : operation.bodies().keySet()) {
                forms.add(new Form(operation.method(), path, List.of(bearer, "If-Match: *", "Content-Type: " + type)));
            }
        }
        forms.add(new Form(
                "POST",
                "/api/events",
                List.of(
                        bearer,
                        "Content-Type: application/json",
                        "ce-specversion: 1.0",
                        "ce-id: " + UUID.randomUUID(),
                        "ce-type: ui.viewed",
                        "ce-source: /x")));
        forms.add(new Form(
                "POST",
                "/api/events",
                List.of(
                        "Cookie: session=" + token,
                        "Origin: " + node.url(),
                        "Sec-Fetch-Site: same-origin",
                        "Content-Type: text/plain;charset=UTF-8")));
        return forms;
    }

    private static HttpResponse<String> send(Form form, String document) {
        HttpRequest.Builder request = node.request(form.path());
        form.headers().forEach(line -> request.header(line.split(": ", 2)[0], line.split(": ", 2)[1]));
        var bytes = document.getBytes(StandardCharsets.ISO_8859_1);
        return node.send(
                request.method(form.method(), BodyPublishers.ofByteArray(bytes)).build());
    }

    private static String verdict(HttpResponse<String> answer) {
        return answer.statusCode() + " "
                + (answer.statusCode() < 400
                        ? ""
                        : node.read(answer.body()).path("code").asText());
    }
}
