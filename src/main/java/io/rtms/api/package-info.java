/** The REST control API (interfaces, section 3): thin resources over {@link io.rtms.RtmsManager}. */
package io.rtms.api;
