/**
 * What is heard in a simulated meeting: signed 16-bit little-endian samples, 16 kHz, mono, from WAV files or made. Knows no other package.
 */
package io.rtms.simulator.sound;
