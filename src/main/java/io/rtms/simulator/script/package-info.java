/**
 * What is said and happens in a simulated meeting: cues with speaker, time and words, read from WebVTT, and happenings, read from JSON Lines.
 * Knows Zoom's numbers and no package of the simulator.
 */
package io.rtms.simulator.script;
