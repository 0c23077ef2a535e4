package dev.skelly.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the API description says of a route, besides what the machinery itself goes by.
 *
 * @param tag under which heading it stands; empty for its feature's name
 * @param detail more than the summary, as Markdown; empty where the summary says it all
 * @param signs by what a caller may show who it is; none where nobody needs to
 * @param parameters in the query, in headers and cookies; those of the path only where there is more to say than their name
 * @param bodies bodies besides {@link Route#takes}
 * @param answers by which it can succeed
 * @param refusals problems that do not follow from the rest of the route
 */
public record ApiDescription(
        String tag,
        String detail,
        List<Sign> signs,
        List<Parameter> parameters,
        List<Body> bodies,
        List<ResponseDescription> answers,
        List<ProblemDescription> refusals) {

    /** By what a caller shows who it is. */
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

    /** Nothing but what follows from the route. */
    public static final ApiDescription NOTHING =
            new ApiDescription("", "", List.of(), List.of(), List.of(), List.of(), List.of());

    /** Keeps its own copies. */
    public ApiDescription {
        signs = List.copyOf(signs);
        parameters = List.copyOf(parameters);
        bodies = List.copyOf(bodies);
        answers = List.copyOf(answers);
        refusals = List.copyOf(refusals);
    }

    /** The same under a heading. */
    public ApiDescription tagged(String heading) {
        return new ApiDescription(heading, detail, signs, parameters, bodies, answers, refusals);
    }

    /** The same with more to say. */
    public ApiDescription detailed(String markdown) {
        return new ApiDescription(tag, markdown, signs, parameters, bodies, answers, refusals);
    }

    /** The same, for callers that show one of these. */
    public ApiDescription signed(Sign... ways) {
        return new ApiDescription(tag, detail, List.of(ways), parameters, bodies, answers, refusals);
    }

    /** The same with more parameters. */
    public ApiDescription parameter(Parameter... more) {
        return new ApiDescription(tag, detail, signs, joined(parameters, List.of(more)), bodies, answers, refusals);
    }

    /** The same with more bodies. */
    public ApiDescription reading(Body... more) {
        return new ApiDescription(tag, detail, signs, parameters, joined(bodies, List.of(more)), answers, refusals);
    }

    /** The same with more answers. */
    public ApiDescription response(ResponseDescription... more) {
        return new ApiDescription(tag, detail, signs, parameters, bodies, joined(answers, List.of(more)), refusals);
    }

    /** The same with more problems. */
    public ApiDescription problem(ProblemDescription... more) {
        return new ApiDescription(tag, detail, signs, parameters, bodies, answers, joined(refusals, List.of(more)));
    }

    private static <T> List<T> joined(List<T> list, List<T> more) {
        var all = new ArrayList<>(list);
        all.addAll(more);
        return all;
    }
}
