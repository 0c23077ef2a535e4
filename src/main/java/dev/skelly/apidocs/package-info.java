/**
 * Documents generated at the start, and after a change of the declarations, from the features and the event type registry: OpenAPI, AsyncAPI,
 * the map of features, types for browsers, and a page that shows them.
 *
 * <p>All of them are derived from what the program itself uses ({@link dev.skelly.feature.Route}, {@link
 * dev.skelly.event.EventType}), so they cannot contradict it.
 */
@NullMarked
package dev.skelly.apidocs;

import org.jspecify.annotations.NullMarked;
