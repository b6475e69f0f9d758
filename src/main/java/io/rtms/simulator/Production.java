package io.rtms.simulator;

import io.vertx.core.Vertx;

/**
 * What every meeting is played with.
 *
 * @param vertx for timers
 * @param settings configuration
 * @param keys credentials of the app for which it is played
 * @param webhooks posts webhooks
 * @param backstage the simulator
 */
record Production(Vertx vertx, SimulatorConfig settings, AppKeys keys, Webhooks webhooks, Backstage backstage) {}
