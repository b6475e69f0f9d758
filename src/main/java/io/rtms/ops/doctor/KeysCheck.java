package io.rtms.ops.doctor;

import io.rtms.ops.UnknownKey;
import io.rtms.ops.UnknownKeys;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/** Whether all keys that are set are such that something reads. */
@Singleton
class KeysCheck implements Check {
    private static final String WHAT = "keys";

    private final Config config;

    KeysCheck(Config config) {
        this.config = config;
    }

    @Override
    public List<Finding> findings() {
        List<UnknownKey> unknown = UnknownKeys.find(config);
        return unknown.isEmpty()
                ? List.of(Finding.ok(WHAT, "None that is set is unknown"))
                : unknown.stream().map(KeysCheck::finding).toList();
    }

    private static Finding finding(UnknownKey key) {
        return key.isCertain()
                ? Finding.fail(WHAT, key.trouble(), key.remedy())
                : Finding.warn(WHAT, key.trouble(), key.remedy());
    }
}
