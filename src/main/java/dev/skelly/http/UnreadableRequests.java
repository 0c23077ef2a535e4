package dev.skelly.http;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Gives requests whose first line cannot be read, or that have a version of which this server knows nothing, its own version: they are answered in it
 * (RFC 9110 section 6.2). Netty gives the former HTTP/1.0, and the server answers the latter in their version and without a problem.
 */
@ChannelHandler.Sharable
final class UnreadableRequests extends ChannelInboundHandlerAdapter {

    private static final UnreadableRequests HANDLER = new UnreadableRequests();
    private static final String UNREADABLE = "/bad-request"; // The target that Netty gives them.

    /** A request has another major version than 1. */
    static final class OtherVersionException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private OtherVersionException() {
            super("a version of HTTP other than 1", null, false, false);
        }
    }

    private UnreadableRequests() {}

    /** Adds the handler to a connection of HTTP/1. */
    static void on(HttpConnection connection) {
        if (connection instanceof ConnectionBase known) {
            var last = known.channelHandlerContext();
            last.pipeline().addBefore(last.name(), UnreadableRequests.class.getSimpleName(), HANDLER);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            var version = request.protocolVersion();
            var unreadable =
                    request.decoderResult().isFailure() && request.uri().equals(UNREADABLE);
            if (unreadable || (!version.equals(HttpVersion.HTTP_1_0) && !version.equals(HttpVersion.HTTP_1_1))) {
                request.setProtocolVersion(HttpVersion.HTTP_1_1);
            }
            if (version.majorVersion() != 1) {
                request.setDecoderResult(DecoderResult.failure(new OtherVersionException()));
            }
        }
        context.fireChannelRead(message);
    }
}
