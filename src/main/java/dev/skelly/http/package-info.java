/**
 * The HTTP side: the rooms' routes, problems, static pages, and the places where other parts mount what needs the raw router.
 *
 * <p>One server verticle an event loop. A request passes, in order: identity, drain gate, bearer token, access, body, shape, rate limits,
 * endpoint. Every failure becomes one problem document in one place. Knows no room and no table.
 */
@NullMarked
package dev.skelly.http;

import org.jspecify.annotations.NullMarked;
