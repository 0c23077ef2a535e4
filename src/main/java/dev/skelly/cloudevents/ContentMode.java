package dev.skelly.cloudevents;

import dev.skelly.event.JsonMediaType;
import dev.skelly.feature.Request;

/**
 * How a request carries events (<a
 * href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md">HTTP binding</a>).
 */
public enum ContentMode {
    /** The body is one event. */
    STRUCTURED,
    /** The body is a list of events. */
    BATCH,
    /** The attributes are in headers, and the body is the data. */
    BINARY,
    /** The request is not a CloudEvent. */
    NONE;

    /** Returns the mode of a request. */
    public static ContentMode of(Request request) {
        var type =
                JsonMediaType.withoutParameters(request.header("Content-Type").orElse(""));
        return switch (type) {
            case CloudEventAttributes.STRUCTURED -> STRUCTURED;
            case CloudEventAttributes.BATCH -> BATCH;
            default -> HeaderAttributes.areIn(request) ? BINARY : NONE;
        };
    }
}
