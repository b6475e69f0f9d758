package io.rtms.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;

/** Plays one {@link Plan}: gateway, service and readers, each a process. */
final class LoadRun implements AutoCloseable {
    static final int WEBHOOKS_EACH_SECOND = 500; // what the target says
    private static final long JOIN_NANOS = 60_000_000_000L;
    private static final double MIB = 1 << 20;

    private final Plan plan;
    private final Path folder;
    private final Map<String, Double> figures = new LinkedHashMap<>();
    private final List<Outcome.Second> course = new ArrayList<>();
    private final JsonProcess gateway;
    private final ServiceUnderLoad service;
    private final JsonProcess readers;
    private final String signaling;

    /**
     * Starts the processes.
     *
     * @param folder for what the service stores
     */
    LoadRun(Plan plan, Path folder) throws Exception {
        this.plan = plan;
        this.folder = Files.createDirectories(folder);
        Path certificate = folder.resolve("certificate.pem");
        Path key = folder.resolve("key.pem");
        if (plan.is("tls")) {
            makeCertificate(certificate, key);
        }
        List<String> arguments = gatewayArguments(plan);
        if (plan.is("tls")) {
            arguments.addAll(List.of("--certificate", certificate.toString(), "--key", key.toString()));
        }
        gateway = JsonProcess.generator(plan.text("other.processors"), arguments);
        signaling = (plan.is("tls") ? "wss://localhost:" : "ws://127.0.0.1:")
                + gateway.answer().get("port").asInt() + "/signaling";
        service = new ServiceUnderLoad(plan, folder, certificate);
        readers = JsonProcess.generator(plan.text("other.processors"), List.of("readers"));
    }

    static List<String> gatewayArguments(Plan plan) {
        List<String> arguments = new ArrayList<>(List.of("gateway"));
        Map<String, String> options = Map.of(
                "--audio-streams", plan.text("speakers"),
                "--audio-bytes", plan.text("bytes"),
                "--video-streams", plan.text("videos"),
                "--transcript-interval", plan.text("transcripts") + "000");
        options.forEach((name, value) -> arguments.addAll(List.of(name, value)));
        if (plan.is("flood")) {
            arguments.add("--flood");
        }
        return arguments;
    }

    private static void makeCertificate(Path certificate, Path key) throws IOException, InterruptedException {
        Commands.run(List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "1",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString()));
    }

    /** Plays it and tells. */
    Outcome play() throws Exception {
        Memory before = memory();
        join();
        openReaders();
        if (!plan.is("silent")) {
            gateway.ask("start");
        }
        Thread.sleep(plan.number("warm-up") * 1000L);
        if (plan.is("silent")) {
            perMeeting(before, memory());
        }
        measure();
        return new Outcome(figures, course);
    }

    private record Memory(long resident, long heapUsed) {}

    private Memory memory() throws Exception {
        service.post("/load/collect");
        long heap = service.get("/load/total").at("/garbage/heapUsed").asLong();
        return new Memory(ProcessReadings.of(service.pid()).residentBytes(), heap);
    }

    private void perMeeting(Memory before, Memory after) {
        double meetings = plan.number("meetings");
        figures.put("resident kB each", (after.resident - before.resident) / meetings / 1000);
        figures.put("heap kB each", (after.heapUsed - before.heapUsed) / meetings / 1000);
    }

    private void join() throws Exception {
        int meetings = plan.number("meetings");
        Webhooks webhooks = new Webhooks(service.uri("/webhook"), WEBHOOKS_EACH_SECOND);
        if (plan.number("webhooks") > 0) {
            webhooks.stop(plan.number("webhooks"));
            answers("webhook", webhooks.stop(plan.number("webhooks")));
        }
        long begin = System.nanoTime();
        Histogram times = webhooks.start(meetings, signaling);
        int connections = meetings * plan.media().size();
        GatewayReports.awaitMedia(gateway, connections);
        figures.put("joined s", (System.nanoTime() - begin) / 1e9);
        answers("start", times);
    }

    private void answers(String webhook, Histogram times) {
        figures.put(webhook + " p50 ms", times.getValueAtPercentile(50) / 1e6);
        figures.put(webhook + " p99 ms", times.getValueAtPercentile(99) / 1e6);
        figures.put(webhook + " max ms", times.getMaxValue() / 1e6);
    }

    private void openReaders() throws Exception {
        int each = plan.number("readers");
        if (each == 0) {
            return;
        }
        int all = each * plan.number("meetings");
        for (int meeting = 0; meeting < plan.number("meetings"); meeting++) {
            readers.ask("read " + service.port() + " /ws/transcripts?stream=load-" + meeting + " " + each);
        }
        long begin = System.nanoTime();
        for (JsonNode report = readers.ask("report");
                report.get("open").asInt() < all;
                report = readers.ask("report")) {
            if (report.get("failed").asInt() > 0 || System.nanoTime() - begin > JOIN_NANOS) {
                throw new TimeoutException("readers: " + report);
            }
            Thread.sleep(20);
        }
        figures.put("readers", (double) all);
    }

    private void measure() throws Exception {
        service.post("/load/begin");
        JsonNode garbageBefore = service.get("/load/total").get("garbage");
        readers.ask("report");
        JsonNode gatewayBefore = gateway.ask("report");
        ProcessReadings before = ProcessReadings.of(service.pid());
        double readersBefore = ProcessReadings.of(readers.pid()).processorSeconds();
        long begin = System.nanoTime();
        follow(begin);
        JsonNode offered = gateway.ask("report");
        double seconds = (System.nanoTime() - begin) / 1e9;
        ProcessReadings after = ProcessReadings.of(service.pid());
        JsonNode total = service.get("/load/total");

        JsonNode frames = offered.get("offered");
        double sent = frames.get("audio").asDouble()
                + frames.get("video").asDouble()
                + frames.get("transcript").asDouble();
        double delivered = deliveredIn(total);
        figures.put("offered/s", sent / seconds);
        figures.put("delivered/s", delivered / seconds);
        figures.put("skipped", offered.get("skipped").asDouble());
        for (String kind : List.of("audio", "video", "transcript")) {
            ages(kind, total.get(kind));
        }
        figures.put("gateway late p99 ms", offered.at("/late/audio/p99").asDouble() / 1000);
        relay(readers.ask("report"), seconds);
        double processor = after.processorSeconds() - before.processorSeconds();
        figures.put("service %", 100 * processor / seconds);
        figures.put(
                "gateway %",
                100 * (offered.get("cpu").asDouble() - gatewayBefore.get("cpu").asDouble()) / seconds);
        figures.put(
                "readers %", 100 * (ProcessReadings.of(readers.pid()).processorSeconds() - readersBefore) / seconds);
        figures.put("service us/frame", delivered == 0 ? 0 : 1e6 * processor / delivered);
        figures.put("resident MiB", after.residentBytes() / MIB);
        figures.put("switches/s", (after.switches() - before.switches()) / seconds);
        garbage(garbageBefore, total.get("garbage"), seconds);
    }

    private void follow(long begin) throws Exception {
        long then = begin;
        double serviceThen = ProcessReadings.of(service.pid()).processorSeconds();
        double gatewayThen = ProcessReadings.of(gateway.pid()).processorSeconds();
        for (int second = 1; second <= plan.number("seconds"); second++) {
            Thread.sleep(Math.max(1, second * 1000L - (System.nanoTime() - begin) / 1_000_000));
            JsonNode interval = service.get("/load/interval");
            long now = System.nanoTime();
            ProcessReadings serviceNow = ProcessReadings.of(service.pid());
            double gatewayNow = ProcessReadings.of(gateway.pid()).processorSeconds();
            double passed = (now - then) / 1e9;
            String kind = plan.number("speakers") > 0 ? "audio" : "transcript";
            course.add(new Outcome.Second(
                    (now - begin) / 1e9,
                    deliveredIn(interval) / passed,
                    interval.at("/" + kind + "/sent/p99").asDouble(),
                    (serviceNow.processorSeconds() - serviceThen) / passed,
                    (gatewayNow - gatewayThen) / passed,
                    serviceNow.residentBytes() / MIB));
            then = now;
            serviceThen = serviceNow.processorSeconds();
            gatewayThen = gatewayNow;
        }
    }

    private static double deliveredIn(JsonNode figures) {
        return figures.at("/audio/count").asDouble()
                + figures.at("/video/count").asDouble()
                + figures.at("/transcript/count").asDouble();
    }

    private void ages(String kind, JsonNode seen) {
        if (seen.get("count").asLong() == 0 || plan.is("flood")) {
            return;
        }
        for (String from : List.of("sent", "due")) {
            GatewayReports.addAges(figures, kind + " " + from, seen.get(from));
        }
    }

    private void relay(JsonNode read, double seconds) {
        if (read.get("messages").asLong() == 0) {
            return;
        }
        figures.put("relayed/s", read.get("messages").asDouble() / seconds);
        GatewayReports.addAges(figures, "relay sent", read.get("sent"));
        figures.put("readers lost", read.get("failed").asDouble());
    }

    private void garbage(JsonNode before, JsonNode after, double seconds) {
        figures.put(
                "allocated MB/s",
                (after.get("allocated").asDouble() - before.get("allocated").asDouble()) / seconds / 1e6);
        figures.put(
                "pauses", after.get("count").asDouble() - before.get("count").asDouble());
        figures.put(
                "pauses ms",
                after.get("pauses").asDouble() - before.get("pauses").asDouble());
        figures.put("longest pause ms", after.get("longest").asDouble());
    }

    @Override
    public void close() throws Exception {
        readers.close();
        service.close();
        gateway.close();
        Commands.run(List.of("rm", "-rf", folder.toString()));
    }
}
