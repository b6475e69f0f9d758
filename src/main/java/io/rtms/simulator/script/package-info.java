/** What is said in a simulated meeting: cues with speaker, time and words, read from WebVTT. Knows no other package. */
package io.rtms.simulator.script;
