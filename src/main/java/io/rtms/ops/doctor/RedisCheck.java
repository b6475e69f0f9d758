package io.rtms.ops.doctor;

import io.rtms.cluster.Cluster;
import io.rtms.stream.StreamRegistry.RegistryAwayException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Redis, where nodes share streams by it. */
@Singleton
class RedisCheck implements Check {
    private static final String WHAT = "cluster";
    private static final int OLDEST = 7;

    private final Cluster cluster;

    RedisCheck(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public List<Finding> findings() {
        if (!cluster.isEnabled()) {
            return List.of();
        }
        try {
            return of(cluster.redisInfo());
        } catch (RegistryAwayException e) {
            return List.of(Finding.fail(
                    WHAT,
                    e.getMessage(),
                    "Start Redis, or set quarkus.redis.hosts (redis://host:6379, rediss:// for TLS)"));
        } catch (IllegalStateException e) {
            return List.of(Finding.fail(
                    WHAT, e.getMessage(), "Set quarkus.redis.password, or give this user the commands that it needs"));
        }
    }

    private static List<Finding> of(Map<String, String> info) {
        List<Finding> findings = new ArrayList<>();
        String version = info.getOrDefault("redis_version", "0");
        int major = Integer.parseInt(version.split("\\.")[0]);
        findings.add(
                major >= OLDEST
                        ? Finding.ok(WHAT, "Redis %s".formatted(version))
                        : Finding.warn(WHAT, "Redis %s".formatted(version), "Use Redis 7 or Valkey"));
        String policy = info.getOrDefault("maxmemory_policy", "noeviction");
        if (!policy.equals("noeviction")) {
            findings.add(Finding.fail(
                    WHAT,
                    "Redis deletes keys when it is full (%s): leases and transcripts too".formatted(policy),
                    "Set maxmemory-policy noeviction"));
        }
        if (info.getOrDefault("aof_enabled", "0").equals("0")) {
            findings.add(Finding.warn(
                    WHAT,
                    "Redis forgets what came since its last snapshot when it is started again",
                    "Set appendonly yes"));
        }
        return findings;
    }
}
