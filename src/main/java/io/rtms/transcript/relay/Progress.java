package io.rtms.transcript.relay;

/** Told of what a reader has sent, on the reader's thread. */
interface Progress {
    /** So many messages, of any kind. */
    void sent(int messages);

    /** A transcript line of this stream, for the first time to this reader. */
    void firstLine(String streamId);
}
