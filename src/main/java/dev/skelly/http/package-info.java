/**
 * HTTP: the features' routes, problems, static pages, and the mounting of parts that need the raw router.
 *
 * <p>One server verticle per event loop. A request passes in order: identity, drain gate, bearer token, access, body, schema, rate limits,
 * endpoint. One class turns every failure into a problem document. Depends on no feature and no table.
 *
 * <p>Why these parts are not those of {@code vertx-web} 5.0.8:
 *
 * <ul>
 *   <li>{@code JsonBodyParser} and not {@code BodyHandler}: that one decodes every form and multipart body, and its 413 does not say the limit. A
 *       body here is read as one step of a route's future, after access is checked.
 *   <li>{@code CorsPolicy} and not {@code CorsHandler}: that one answers 403 to every {@code Origin} that is not listed, also to our own
 *       pages, whose {@code POST} carries one. With a single listed origin it also leaves out {@code Vary}.
 *   <li>{@code StaticFiles} and not {@code StaticHandler}: that one validates by {@code Last-Modified} alone, and files of a reproducible
 *       jar have the same time in each release. Browsers would keep the pages of the former release.
 *   <li>{@code RequestDeadlines} and not {@code TimeoutHandler}: that one starts a timer a request and watches neither headers nor idle connections.
 *   <li>{@code TrustedProxies} and not {@code Router.allowForward}: that one believes the first address of {@code X-Forwarded-For}, which any
 *       client can write.
 *   <li>{@code SecurityHeaders} and not {@code CSPHandler}, {@code HSTSHandler} and {@code XFrameHandler}: those are not reached by requests
 *       that the router or the server rejects before.
 * </ul>
 */
@NullMarked
package dev.skelly.http;

import org.jspecify.annotations.NullMarked;
