package io.rtms.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;

/** The stream of an HTTP/2 connection that carries a request. */
final class Http2Stream {
    private Http2Stream() {}

    /** Whether the request has a stream, so that its connection may be that of others too. */
    static boolean carries(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2 && request.connection() instanceof ConnectionBase;
    }

    /**
     * Ends the stream and nothing else. Vert.x tells nobody on this side of a reset that this side has sent: a thread that waits for the body
     * would wait on, until Quarkus closes the whole connection (quarkus.http.read-timeout). So it is told as if the client had reset the stream.
     * It waits on the connection's monitor, and has to find the stream ended when it goes on: an answer that was begun before and written after
     * would end the connection. For the connection's event loop.
     */
    static void cancel(HttpServerRequest request) throws Http2Exception {
        ChannelHandlerContext channel = ((ConnectionBase) request.connection()).channelHandlerContext();
        synchronized (request.connection()) {
            channel.pipeline()
                    .get(Http2ConnectionHandler.class)
                    .decoder()
                    .frameListener()
                    .onRstStreamRead(channel, request.streamId(), Http2Error.CANCEL.code());
            request.response().reset(Http2Error.CANCEL.code());
        }
    }
}
