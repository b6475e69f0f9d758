package io.rtms.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The same gateway's audio to a plain Node client (src/load/node), which service and SDKs are measured against. */
final class PeerRun {
    private static final Path SOURCE = Path.of("src", "load", "node");

    private PeerRun() {}

    /** Whether there is a Node with its packages; fetches them where it is the first time. */
    static boolean isPossible(Path folder) throws InterruptedException {
        try {
            Files.createDirectories(folder);
            for (String file : List.of("package.json", "client.js")) {
                Files.write(folder.resolve(file), Files.readAllBytes(SOURCE.resolve(file)));
            }
            Commands.run(
                    List.of("npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder.toString()));
            return true;
        } catch (IOException e) {
            System.out.println("No peer is measured: " + e.getMessage());
            return false;
        }
    }

    /** Figures under the names of {@link LoadRun}. */
    static Outcome play(Plan plan, Path folder) throws Exception {
        Map<String, Double> figures = new LinkedHashMap<>();
        int meetings = plan.number("meetings");
        try (JsonProcess gateway =
                        JsonProcess.generator(plan.text("other.processors"), LoadRun.gatewayArguments(plan));
                JsonProcess peer = JsonProcess.start(
                        plan.text("service.processors"),
                        List.of("node", folder.resolve("client.js").toString()))) {
            peer.ask("join " + gateway.answer().get("port").asInt() + " " + meetings);
            GatewayReports.awaitMedia(gateway, meetings);
            gateway.ask("start");
            Thread.sleep(plan.number("warm-up") * 1000L);
            JsonNode before = peer.ask("report");
            long begin = System.nanoTime();
            Thread.sleep(plan.number("seconds") * 1000L);
            JsonNode after = peer.ask("report");
            double seconds = (System.nanoTime() - begin) / 1e9;
            double processor = after.get("cpu").asDouble() - before.get("cpu").asDouble();
            double messages = after.get("messages").asDouble();
            figures.put("delivered/s", messages / seconds);
            figures.put("service %", 100 * processor / seconds);
            figures.put("service us/frame", 1e6 * processor / messages);
            for (String from : List.of("sent", "due")) {
                GatewayReports.addAges(figures, "audio " + from, after.get(from));
            }
            figures.put("resident MiB", ProcessReadings.of(peer.pid()).residentBytes() / (double) (1 << 20));
        }
        return new Outcome(figures, List.of());
    }
}
