package io.rtms.api;

import io.rtms.RtmsManager;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The native loops that drive the streams. */
@Path("/api/loops")
@Produces(MediaType.APPLICATION_JSON)
public class LoopsResource {
    private final RtmsManager manager;

    LoopsResource(RtmsManager manager) {
        this.manager = manager;
    }

    @GET
    @Operation(summary = "The loops, with what they carry")
    public List<LoopView> loops() {
        return manager.pool().loops().stream()
                .map(loop -> new LoopView(
                        loop.name(),
                        loop.clientCount(),
                        loop.ringFillRatio(),
                        loop.isRunning(),
                        loop.process(),
                        loop.restarts()))
                .toList();
    }

    /**
     * A loop as the API shows it.
     *
     * @param name of its thread
     * @param streams how many it drives
     * @param ringFillRatio how much of its frame ring waited to be read, at the most, in the last five to ten seconds, 0 to 1
     * @param running whether it reads
     * @param process id of the process that it has for itself; 0 where it runs in the service's own
     * @param restarts how often that was started again after a crash
     */
    public record LoopView(
            String name, int streams, double ringFillRatio, boolean running, long process, int restarts) {}
}
