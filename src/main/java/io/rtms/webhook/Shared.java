package io.rtms.webhook;

import io.rtms.cluster.Cluster;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What webhooks are held against, and acted on by: this node's own, or what all nodes share. */
@Singleton
class Shared {
    @Produces
    @Singleton
    static History history(Cluster cluster, WebhookHistory own, Instance<SharedHistory> shared) {
        return cluster.isEnabled() ? shared.get() : own;
    }

    @Produces
    @Singleton
    static WebhookActions actions(Cluster cluster, LocalActions own, Instance<SharedActions> shared) {
        return cluster.isEnabled() ? shared.get() : own;
    }
}
