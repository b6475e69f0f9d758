/**
 * The centre of the house: {@link io.rtms.RtmsManager} owns the loops and the streams and fires their events. Webhooks, REST, relay and
 * simulator come through here; below are {@code stream}, {@code loop} and {@code sdk}.
 */
package io.rtms;
