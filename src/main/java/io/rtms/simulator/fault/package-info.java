/** What can go wrong on purpose in a simulated meeting, and when. Only words and numbers: what they do is done by the simulator. */
package io.rtms.simulator.fault;
