package io.rtms.stream;

import io.rtms.media.MediaType;
import io.rtms.sdk.NativeStream;

/** Hands what was asked for to a stream's native side. */
final class NativeSetup {
    private NativeSetup() {}

    /** Before the first attempt. @throws io.rtms.sdk.NativeException where a value cannot be used */
    static void configure(NativeStream target, JoinRequest request, MediaRequest media, StreamConfig config) {
        target.identity(
                        request.stream().streamId(),
                        request.stream().product().idKey(),
                        request.stream().id())
                .credentials(
                        request.clientId().orElse(""), request.clientSecret().orElse(""))
                .signature(request.signature().orElse(""))
                .tls(request.ca().orElse(""), request.verify())
                .proxy(request.proxy().orElse(""))
                .bufferData(request.bufferData())
                .media(MediaType.bits(media.media()), media.split(), media.paramsJson())
                .timeouts(config.connectTimeout(), config.handshakeTimeout(), config.keepAliveTimeout())
                .maxMessageBytes(config.maxMessageBytes());
        media.events().forEach(target::subscribe);
    }
}
