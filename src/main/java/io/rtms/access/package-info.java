/**
 * Who may use the API and the relay: bearer tokens, tickets for one stream, origins and host names of browser pages, and the audit log of who was
 * turned away, at the webhook's door too. Knows no stream and no transcript; what has to be guarded asks {@link io.rtms.access.Access}.
 */
package io.rtms.access;
