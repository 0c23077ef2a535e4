package dev.skelly.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The part of a route's API description that does not follow from how the route is served.
 *
 * @param tag heading of the route; empty for its feature's name
 * @param detail more than the summary, as Markdown; empty when the summary is enough
 * @param signs accepted credentials; empty when none are needed
 * @param parameters query parameters, headers and cookies; path parameters only when their name does not explain them
 * @param bodies returns the bodies besides {@link Route#takes}
 * @param answers the successful responses
 * @param refusals problems that do not follow from the rest of the route
 */
public record ApiDescription(
        String tag,
        String detail,
        List<Sign> signs,
        List<Parameter> parameters,
        Supplier<List<Body>> bodies,
        List<ResponseDescription> answers,
        List<ProblemDescription> refusals) {

    /** A credential by which a caller authenticates. */
    public enum Sign {
        /** An access token in the {@code Authorization} header. */
        BEARER,
        /** The {@code session} cookie, from a page of the same origin. */
        SESSION_COOKIE,
        /** The {@code refresh} cookie, from a page of the same origin. */
        REFRESH_COOKIE,
        /** A ticket in the query. */
        TICKET
    }

    /**
     * A request body.
     *
     * @param mediaType e.g. {@code application/cloudevents+json}
     * @param schema JSON Schema (2020-12)
     */
    public record Body(String mediaType, Map<String, Object> schema) {}

    /** A description that adds nothing to what follows from the route. */
    public static final ApiDescription NOTHING =
            new ApiDescription("", "", List.of(), List.of(), List::of, List.of(), List.of());

    /** Copies the lists. */
    public ApiDescription {
        signs = List.copyOf(signs);
        parameters = List.copyOf(parameters);
        answers = List.copyOf(answers);
        refusals = List.copyOf(refusals);
    }

    /** Returns this description under a heading. */
    public ApiDescription tagged(String heading) {
        return new ApiDescription(heading, detail, signs, parameters, bodies, answers, refusals);
    }

    /** Returns this description with more detail. */
    public ApiDescription detailed(String markdown) {
        return new ApiDescription(tag, markdown, signs, parameters, bodies, answers, refusals);
    }

    /** Returns this description with accepted credentials. */
    public ApiDescription signed(Sign... ways) {
        return new ApiDescription(tag, detail, List.of(ways), parameters, bodies, answers, refusals);
    }

    /** Returns this description with more parameters. */
    public ApiDescription parameter(Parameter... more) {
        return new ApiDescription(tag, detail, signs, joined(parameters, List.of(more)), bodies, answers, refusals);
    }

    /** Returns this description with more bodies. */
    public ApiDescription reading(Body... more) {
        return reading(() -> List.of(more));
    }

    /** Returns this description with bodies that may change. */
    public ApiDescription reading(Supplier<List<Body>> more) {
        return new ApiDescription(
                tag, detail, signs, parameters, () -> joined(bodies.get(), more.get()), answers, refusals);
    }

    /** Returns this description with more responses. */
    public ApiDescription response(ResponseDescription... more) {
        return new ApiDescription(tag, detail, signs, parameters, bodies, joined(answers, List.of(more)), refusals);
    }

    /** Returns this description with more problems. */
    public ApiDescription problem(ProblemDescription... more) {
        return new ApiDescription(tag, detail, signs, parameters, bodies, answers, joined(refusals, List.of(more)));
    }

    private static <T> List<T> joined(List<T> list, List<T> more) {
        var all = new ArrayList<>(list);
        all.addAll(more);
        return all;
    }
}
