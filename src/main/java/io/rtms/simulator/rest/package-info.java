/** The simulator's own doors, for those who break things by hand: meetings, faults and the gateway over REST. Only there while it runs. */
package io.rtms.simulator.rest;
