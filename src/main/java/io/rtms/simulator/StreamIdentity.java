package io.rtms.simulator;

import io.rtms.event.Product;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;

/**
 * The names of a stream. The id of a meeting is Base64 and holds {@code /}, {@code +} and {@code =}, so that who escapes it is found out
 * (rtms-protocol section 3).
 *
 * @param product whose stream it is
 * @param idKey name of the field that holds the id in webhooks
 * @param id id of the meeting, webinar, session, engagement or call
 * @param streamId {@code rtms_stream_id}
 * @param sessionId {@code rtms_session_id}
 * @param operatorId who started the stream
 */
record StreamIdentity(Product product, String idKey, String id, String streamId, String sessionId, String operatorId) {
    /** Names that nobody had before. */
    static StreamIdentity fresh(PlayOptions options) {
        String idKey = Dialect.idKey(options);
        return new StreamIdentity(options.product(), idKey, meetingId(), hex(), hex(), hex().substring(0, 22));
    }

    private static String meetingId() {
        // Not a constant: a native image may not hold a source of randomness from build time.
        SecureRandom random = new SecureRandom();
        byte[] bytes = new byte[16];
        String id;
        do {
            random.nextBytes(bytes);
            id = Base64.getEncoder().encodeToString(bytes);
        } while (id.indexOf('/') < 0 || id.indexOf('+') < 0);
        return id;
    }

    private static String hex() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
