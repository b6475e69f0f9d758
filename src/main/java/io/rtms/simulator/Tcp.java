package io.rtms.simulator;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/** A client's TCP connection, for what a WebSocket must not do: end it in the middle, read nothing more, write half a frame. On its event loop. */
final class Tcp {
    private final Channel channel;

    private Tcp(Channel channel) {
        this.channel = channel;
    }

    static Tcp of(HttpConnection connection) {
        return new Tcp(((ConnectionBase) connection).channel());
    }

    /** Runs this once it is closed, on its event loop; at once where it is. */
    void whenClosed(Runnable then) {
        channel.closeFuture().addListener(closed -> then.run());
    }

    /** Ends it with a reset; what has not reached the client yet is lost. From any thread. */
    void reset() {
        if (!channel.eventLoop().inEventLoop()) {
            channel.eventLoop().execute(this::reset);
        } else if (channel.isOpen()) {
            // Without the time to linger that Java allows itself, closing is a reset.
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            close();
        }
    }

    /** Reads nothing any more, the client's own closing included. */
    void stopReading() {
        channel.config().setAutoRead(false);
    }

    /** Writes these bytes as they are, encrypted where everything is, and ends the connection. */
    void writeLast(byte[] bytes, boolean reset) {
        ChannelFuture written = channel.pipeline().lastContext().writeAndFlush(Unpooled.wrappedBuffer(bytes));
        written.addListener(done -> {
            if (reset) {
                reset();
            } else {
                close();
            }
        });
    }

    /** Past the handlers of TLS and WebSockets, which have manners. */
    private void close() {
        channel.pipeline().firstContext().close();
    }
}
