package io.rtms.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a socket is for, decided by its first message. Called on the socket's event loop.
 *
 * <pre>
 *   Newcomer --message 1--> Signaling
 *            --message 3--> Media
 * </pre>
 */
sealed interface Role permits Newcomer, Signaling, Media {
    /** A message came. */
    void onMessage(ObjectNode message);

    /** Something came that is no JSON object. */
    void onGarbage();

    /** The socket is closed. */
    void onClose();
}
