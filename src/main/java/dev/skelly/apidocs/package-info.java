/**
 * What the program says of itself, made at start from the features and the catalogue and never by hand: the API description, the description of
 * events, the map of features, types for browsers, and a page to read it all.
 *
 * <p>Everything here is derived from what the machinery itself goes by ({@link dev.skelly.feature.Route}, {@link
 * dev.skelly.event.EventType}), so that a document cannot say what is not so.
 */
@NullMarked
package dev.skelly.apidocs;

import org.jspecify.annotations.NullMarked;
