package io.rtms.simulator;

/** Ways in which servers or their documents differ from the usual form of messages; each can be played (rtms-protocol section 12). */
public enum Deviation {
    /** {@code user_id} is a string of digits (C18). */
    USER_ID_AS_STRING,
    /** Nobody has a {@code user_name}. */
    NO_USER_NAME,
    /** {@code content} is the payload itself, with the other fields beside it (C29). */
    CONTENT_AS_STRING,
    /** Message 4 names {@code payload_encryption} instead of {@code payload_encrypted} (C28). */
    PAYLOAD_ENCRYPTION_NAME,
    /** Message 8 says {@code stop_reason} where it says {@code reason}, and message 9 the other way round (C19). */
    STOP_REASON_NAMES,
    /** Connections that are dropped are closed with 1000, as the contact center does before a transfer (C33). */
    DROPS_WITH_1000,
    /** The payload of a shared image begins with {@code data:image/...;base64,}. */
    DATA_URL_SHARES,
    /** Messages of an unknown type come in between, and unknown fields within. */
    UNKNOWN_MESSAGES,
    /** Message 4 says {@code language} where it says {@code src_language} (C25). */
    LANGUAGE_NAME,
    /** Time stamps of message 20 are seconds (C21). */
    SECONDS_IN_STATE,
    /** Webhooks of webinars name {@code meeting_uuid} (C3). */
    WEBINAR_AS_MEETING,
    /** {@code server_urls} of message 2 is one URL instead of an object. */
    ONE_MEDIA_URL,
    /** A second signaling connection ends the first one and its media, instead of being refused with 8 (C27). */
    SECOND_SIGNALING_KICKS
}
