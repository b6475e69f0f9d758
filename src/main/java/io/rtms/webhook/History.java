package io.rtms.webhook;

/**
 * What has been seen already, so that Zoom's retries change nothing: for each stream the time of the newest webhook, and the webhooks of that
 * time; of starts and stops, and apart from them of interruptions. When servers fail, Zoom tells of both at once, and the two may overtake each
 * other: an interruption must not make the start outdated that says where the stream has gone, unless it names servers itself.
 */
interface History {
    /** How a webhook stands to those before it. */
    enum Verdict {
        NEW,
        /** The same once more. */
        DUPLICATE,
        /** Something newer about the stream is known. */
        OUTDATED
    }

    /**
     * Judges a webhook and remembers it.
     *
     * @param app whose webhook it is: what one app says of a stream says nothing about another's
     */
    Verdict judge(String app, Webhook.OfStream webhook);
}
