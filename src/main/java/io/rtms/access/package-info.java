/**
 * Who may use the API and the relay: bearer tokens, origins of browser pages, and the record of who was refused. Knows no stream and no
 * transcript; what has to be guarded asks {@link io.rtms.access.Access}.
 */
package io.rtms.access;
