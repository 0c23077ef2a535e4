package dev.skelly.apidocs;

import dev.skelly.feature.ResponseDescription;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Combines all responses of one status into one OpenAPI response. */
final class ResponseObjects {

    private ResponseObjects() {}

    static Map<String, Object> of(List<ResponseDescription> answers, NamedSchemas schemas) {
        var response = new LinkedHashMap<String, Object>();
        var words = HttpResponseStatus.valueOf(answers.get(0).status()).reasonPhrase();
        var meaning = answers.stream()
                .map(ResponseDescription::meaning)
                .filter(text -> !text.isEmpty())
                .distinct()
                .collect(Collectors.joining(" "));
        response.put("description", meaning.isEmpty() ? words : meaning);
        var headers = headers(answers);
        if (!headers.isEmpty()) {
            response.put("headers", headers);
        }
        var content = content(answers, schemas);
        if (!content.isEmpty()) {
            response.put("content", content);
        }
        return response;
    }

    private static Map<String, Object> headers(List<ResponseDescription> answers) {
        var headers = new LinkedHashMap<String, Object>();
        answers.stream()
                .flatMap(answer -> answer.headers().stream())
                .forEach(header -> headers.put(
                        header.name(), Map.of("description", header.meaning(), "schema", Map.of("type", "string"))));
        return headers;
    }

    private static Map<String, Object> content(List<ResponseDescription> answers, NamedSchemas schemas) {
        var byType = new LinkedHashMap<String, List<ResponseDescription>>();
        answers.stream()
                .filter(answer -> !answer.mediaType().isEmpty())
                .forEach(answer -> byType.computeIfAbsent(answer.mediaType(), type -> new ArrayList<>())
                        .add(answer));
        var content = new LinkedHashMap<String, Object>();
        byType.forEach((type, some) -> {
            var forms = some.stream().map(schemas::of).distinct().toList();
            var described = new LinkedHashMap<String, Object>();
            described.put("schema", forms.size() == 1 ? forms.get(0) : Map.of("anyOf", forms));
            if (type.endsWith("json")) {
                schemas.sample(some.get(0)).ifPresent(example -> described.put("example", example));
            }
            content.put(type, described);
        });
        return content;
    }
}
