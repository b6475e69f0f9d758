/** What operators look at: health checks and gauges. */
package io.rtms.ops;
