package io.rtms;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A gateway by hand, so that it can break every rule: a WebSocket server that gives each connection to a behaviour. Loopback, free port. */
final class HostileGateway implements AutoCloseable {
    private static final String WEBSOCKET_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final ServerSocket server;
    private final Behaviour behaviour;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();

    /** What is done with a connection; it is closed afterwards. */
    @FunctionalInterface
    interface Behaviour {
        void meet(Peer peer) throws IOException;
    }

    HostileGateway(Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::accept);
    }

    String url() {
        return "ws://127.0.0.1:" + server.getLocalPort() + "/gateway";
    }

    int connections() {
        return connections.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                Thread.ofPlatform().daemon().start(() -> meet(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void meet(Socket socket) {
        try (socket) {
            behaviour.meet(new Peer(socket));
        } catch (IOException e) {
            // the other side may leave whenever it likes
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** The other end of a connection. */
    static final class Peer {
        private final DataInputStream in;
        private final OutputStream out;

        private Peer(Socket socket) throws IOException {
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            out = socket.getOutputStream();
        }

        /** Accepts the upgrade, as a good server does. */
        Peer upgrade() throws IOException {
            String key = null;
            for (String line = line(); !line.isEmpty(); line = line()) {
                if (line.toLowerCase(java.util.Locale.ROOT).startsWith("sec-websocket-key:")) {
                    key = line.substring(line.indexOf(':') + 1).strip();
                }
            }
            raw(
                    ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                                    + accept(key) + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return this;
        }

        /** Reads the next message of less than 64 KiB. */
        String read() throws IOException {
            in.readUnsignedByte();
            int length = in.readUnsignedByte() & 0x7f;
            if (length == 126) {
                length = in.readUnsignedShort();
            }
            byte[] mask = in.readNBytes(4);
            byte[] text = in.readNBytes(length);
            for (int i = 0; i < text.length; i++) {
                text[i] ^= mask[i % 4];
            }
            return new String(text, StandardCharsets.UTF_8);
        }

        /** Sends a text message. */
        Peer send(String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            raw(header(bytes.length));
            return raw(bytes);
        }

        /** Sends bytes as they are. */
        Peer raw(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
            return this;
        }

        /** Says nothing more until the other side leaves. */
        void silence() throws IOException {
            while (in.read() >= 0) {}
        }

        /** Header of a whole, unmasked text message of this length. */
        static byte[] header(long length) {
            if (length < 126) {
                return new byte[] {(byte) 0x81, (byte) length};
            }
            if (length < 65536) {
                return new byte[] {(byte) 0x81, 126, (byte) (length >> 8), (byte) length};
            }
            byte[] header = new byte[10];
            header[0] = (byte) 0x81;
            header[1] = 127;
            for (int i = 0; i < 8; i++) {
                header[9 - i] = (byte) (length >> 8 * i);
            }
            return header;
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }

        private static String accept(String key) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-1")
                        .digest((key + WEBSOCKET_GUID).getBytes(StandardCharsets.US_ASCII));
                return Base64.getEncoder().encodeToString(digest);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
