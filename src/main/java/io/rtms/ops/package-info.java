/** What operators look at: health checks, gauges, and what is said of their configuration. */
package io.rtms.ops;
