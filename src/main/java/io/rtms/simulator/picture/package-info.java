/**
 * What is seen in a simulated meeting: H.264 clips, cut into the frames that are sent, and images, from files or from the application. Knows
 * Zoom's numbers and no package of the simulator.
 */
package io.rtms.simulator.picture;
