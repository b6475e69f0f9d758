/** Media and their parameters, with Zoom's numbers (rtms-protocol sections 5.2 and 10). Known to every other package, knows none. */
package io.rtms.media;
