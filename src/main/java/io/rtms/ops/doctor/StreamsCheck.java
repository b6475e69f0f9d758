package io.rtms.ops.doctor;

import io.rtms.RtmsManager;
import io.rtms.media.MediaType;
import io.rtms.stream.AllowedServers;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What is asked of Zoom, and of which servers. */
@Singleton
class StreamsCheck implements Check {
    private final RtmsManager manager;
    private final AllowedServers servers;
    private final boolean simulated;

    StreamsCheck(
            RtmsManager manager,
            AllowedServers servers,
            @ConfigProperty(name = "rtms.simulator.enabled") boolean simulated) {
        this.manager = manager;
        this.servers = servers;
        this.simulated = simulated;
    }

    @Override
    public List<Finding> findings() {
        Set<MediaType> media = manager.requestedMedia();
        String names = media.stream().map(MediaType::label).collect(Collectors.joining(", "));
        return List.of(
                media.isEmpty()
                        ? Finding.fail(
                                "media",
                                "No medium is asked for, so that Zoom refuses every stream",
                                "Observe one, or name it in rtms.media.request")
                        : Finding.ok("media", "Zoom is asked for " + names),
                Finding.ok("servers", "Those of %s may be dialled".formatted(String.join(", ", servers.allowed()))),
                simulated
                        ? Finding.warn(
                                "simulator",
                                "A simulated Zoom runs in the service and plays made-up meetings",
                                "Set rtms.simulator.enabled=false where real meetings are served")
                        : Finding.ok("simulator", "Off"));
    }
}
