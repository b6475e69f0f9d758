/**
 * What is heard in a simulated meeting: signed 16-bit little-endian samples from WAV files or made, changed into every form that Zoom knows, and
 * packets that are coded already. Knows Zoom's numbers and no package of the simulator.
 */
package io.rtms.simulator.sound;
