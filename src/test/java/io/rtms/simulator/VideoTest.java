package io.rtms.simulator;

import static io.rtms.simulator.SimulatedZoom.mediaRequest;
import static io.rtms.simulator.SimulatedZoom.ready;
import static io.rtms.simulator.SimulatedZoom.subscribe;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.StopReason;
import io.rtms.media.MediaType;
import io.rtms.media.VideoCodec;
import io.rtms.simulator.picture.Clip;
import io.rtms.simulator.picture.PictureSource;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages 15 and 16. */
class VideoTest {
    private static final int MEDIA_VIDEO = 2;
    private static final int MEDIA_DESKSHARE = 4;
    private static final String TWO_SPEAKERS = """
            WEBVTT

            00:00.000 --> 00:02.000
            <v Ana>Ana is seen first,</v>

            00:02.000 --> 00:04.000
            <v Ben>then Ben.</v>
            """;
    private static final String LONG = """
            WEBVTT

            00:00.000 --> 10:00.000
            <v Ana>Ana speaks all the time.</v>

            10:00.000 --> 10:01.000
            <v Ben>Ben hardly.</v>
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"1, 854, 480, 30", "2, 1280, 720, 10", "3, 1920, 1080, 5", "4, 2560, 1440, 5"})
    void aClipArrivesWholeInTheSizeAndAtTheRateThatWereAskedFor(int resolution, int width, int height, int fps)
            throws Exception {
        List<JsonNode> frames = play(
                MEDIA_VIDEO,
                params(7, resolution, fps, 3),
                PlayOptions.defaults().withSpeed(4));
        assertEquals(4 * fps, frames.size(), 2);
        Path file = Files.write(folder.resolve("seen.h264"), bytes(frames));
        assertEquals(width + "," + height + "," + frames.size(), Ffmpeg.probe(file, "width,height,nb_read_frames"));
        assertEquals(
                1000.0 / fps,
                (frames.get(fps).path("timestamp").asLong()
                                - frames.getFirst().path("timestamp").asLong())
                        / (double) fps,
                2);
    }

    @ParameterizedTest
    @CsvSource({"5, 2, 5, JPG", "6, 1, 2, PNG"})
    void everyFrameOfImagesIsAWholeOne(int codec, int resolution, int fps, VideoCodec name) throws Exception {
        List<JsonNode> frames = play(
                MEDIA_VIDEO,
                params(codec, resolution, fps, 3),
                PlayOptions.defaults().withSpeed(4));
        assertEquals(4 * fps, frames.size(), 1);
        Path file = Files.write(
                folder.resolve("seen." + name.name().toLowerCase(java.util.Locale.ROOT)),
                frames.getLast().path("data").binaryValue());
        assertEquals(resolution == 1 ? "854,480" : "1280,720", Ffmpeg.probe(file, "width,height"));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5})
    void theActiveSpeakerIsSeenAndBeginsWithAKeyFrame(int dataOption) throws Exception {
        clip("Ana.h264", 30);
        clip("Ben.h264", 30);
        PlayOptions options = PlayOptions.defaults().withSpeed(4).withVideo(PictureSource.of(folder));
        List<JsonNode> frames = play(MEDIA_VIDEO, params(7, 2, 10, dataOption), options);
        List<String> names = frames.stream()
                .map(frame -> frame.path("user_name").asText())
                .distinct()
                .toList();
        assertEquals(List.of("Ana", "Ben"), names);
        JsonNode first = frames.stream()
                .filter(frame -> frame.path("user_name").asText().equals("Ben"))
                .findFirst()
                .orElseThrow();
        assertEquals(0x01000800, first.path("user_id").asLong());
        assertTrue(isKeyFrame(first) && isKeyFrame(frames.getFirst()));
        assertEquals(
                frames.getFirst().path("data").binaryValue().length,
                frames.getFirst().path("length").asInt());
        Path ana = Files.write(
                folder.resolve("seen.h264"),
                bytes(frames.stream()
                        .filter(frame -> frame.path("user_name").asText().equals("Ana"))
                        .toList()));
        assertTrue(Ffmpeg.probe(ana, "width,height").startsWith("160,96"));
    }

    @Test
    void nobodyIsSeenBeforeTheyAreChosenAndAfterwardsOnlyThey() throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            SimulatedMeeting meeting = zoom.play(LONG, 1);
            try (Client signaling = zoom.signaling(meeting);
                    Client video = zoom.media(request(meeting, MEDIA_VIDEO, params(7, 1, 30, 4)))) {
                signaling.send(ready(meeting));
                Awaitility.await()
                        .during(Duration.ofMillis(400))
                        .atMost(Duration.ofSeconds(5))
                        .until(video.received::isEmpty);
                choose(signaling, meeting, "Ben", true);
                JsonNode first = video.expect(Messages.VIDEO).path("content");
                assertEquals("Ben", first.path("user_name").asText());
                assertTrue(isKeyFrame(first));
                choose(signaling, meeting, "Ana", true);
                JsonNode next = awaitPerson(video, "Ana");
                assertTrue(isKeyFrame(next));
                choose(signaling, meeting, "Ana", false);
                assertQuiet(video);
                choose(signaling, meeting, "Ana", true);
                assertTrue(isKeyFrame(video.expect(Messages.VIDEO).path("content")));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void aCameraThatIsOffShowsNothingAndBeginsAnewWithAKeyFrame(int dataOption) throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            SimulatedMeeting meeting = zoom.play(LONG, 1);
            try (Client signaling = zoom.signaling(meeting);
                    Client video = zoom.media(request(meeting, MEDIA_VIDEO, params(7, 1, 30, dataOption)))) {
                signaling.send(subscribe(8, 9)).send(ready(meeting));
                signaling.expect(Messages.STREAM_STATE_UPDATE);
                if (dataOption == 4) {
                    choose(signaling, meeting, "Ana", true);
                }
                video.expect(Messages.VIDEO);
                assertTrue(meeting.turnVideo("Ana", false));
                assertVideoEvent(9, meeting, signaling);
                assertQuiet(video);
                assertTrue(meeting.turnVideo("Ana", true));
                assertVideoEvent(8, meeting, signaling);
                assertTrue(isKeyFrame(video.expect(Messages.VIDEO).path("content")));
            }
        }
    }

    @Test
    void afterAReconnectionTheFirstFrameIsAKeyFrame() throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            SimulatedMeeting meeting = zoom.play(LONG, 1);
            try (Client signaling = zoom.signaling(meeting)) {
                ObjectNode request = request(meeting, MEDIA_VIDEO, params(7, 1, 30, 3));
                try (Client first = zoom.media(request)) {
                    signaling.send(ready(meeting));
                    Awaitility.await().until(() -> meeting.framesSent(MediaType.VIDEO) > 10);
                    assertTrue(meeting.dropMedia(MediaType.VIDEO));
                    first.closeCode();
                }
                try (Client second = zoom.media(request)) {
                    signaling.send(ready(meeting));
                    assertTrue(isKeyFrame(second.expect(Messages.VIDEO).path("content")));
                }
            }
        }
    }

    @Test
    void aDeskIsSeenWhileSomebodySharesIt() throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            SimulatedMeeting meeting = zoom.play(LONG, 1);
            try (Client signaling = zoom.signaling(meeting);
                    Client share = zoom.media(request(meeting, MEDIA_DESKSHARE, params(7, 1, 30, 0)))) {
                signaling.send(subscribe(5, 6)).send(ready(meeting));
                signaling.expect(Messages.STREAM_STATE_UPDATE);
                assertTrue(meeting.startSharing("Ben"));
                JsonNode started = signaling.expect(Messages.EVENT_UPDATE).path("event");
                assertEquals(5, started.path("event_type").asInt());
                assertEquals("Ben", started.path("user_name").asText());
                JsonNode first = share.expect(Messages.DESKSHARE).path("content");
                assertEquals("Ben", first.path("user_name").asText());
                assertTrue(isKeyFrame(first));
                assertTrue(meeting.startSharing("Ana"));
                assertEquals(6, eventType(signaling));
                assertEquals(5, eventType(signaling));
                assertTrue(isKeyFrame(awaitPerson(share, "Ana")));
                assertTrue(meeting.stopSharing());
                assertEquals(6, eventType(signaling));
                assertQuiet(share);
            }
        }
    }

    @Test
    void slidesFollowEachOther() throws Exception {
        for (int i = 1; i <= 3; i++) {
            Ffmpeg.make(folder.resolve(i + ".png"), "-f", "lavfi", "-i", "testsrc=size=64x" + 16 * i, "-frames:v", "1");
        }
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            SimulatedMeeting meeting =
                    zoom.play(LONG, PlayOptions.defaults().withSpeed(10).withShare(PictureSource.of(folder)));
            try (Client signaling = zoom.signaling(meeting);
                    Client share = zoom.media(request(meeting, MEDIA_DESKSHARE, params(6, 3, 1, 0)))) {
                signaling.send(ready(meeting));
                assertTrue(meeting.startSharing("Ben"));
                for (int i = 0; i < 6; i++) {
                    assertArrayEquals(
                            Files.readAllBytes(folder.resolve((i % 3 + 1) + ".png")),
                            share.expect(Messages.DESKSHARE)
                                    .path("content")
                                    .path("data")
                                    .binaryValue());
                }
            }
        }
    }

    @Test
    void aClientThatIsTooSlowMissesFramesAndIsNotCutOff() throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom("keep-alive-interval", "60S")) {
            PictureSource large = wish -> new Clip(List.of(new byte[400_000]));
            SimulatedMeeting meeting = zoom.play(LONG, PlayOptions.defaults().withVideo(large));
            try (Client signaling = zoom.signaling(meeting);
                    Client video = zoom.media(request(meeting, MEDIA_VIDEO, params(6, 4, 5, 3)))) {
                video.stopReading();
                signaling.send(ready(meeting));
                Awaitility.await().until(() -> meeting.framesSent(MediaType.VIDEO) > 0);
                long[] before = {-1};
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .pollInterval(Duration.ofMillis(1500))
                        .until(() -> {
                            long now = meeting.framesSent(MediaType.VIDEO);
                            boolean stands = now == before[0];
                            before[0] = now;
                            return stands;
                        });
                video.readOn();
                Awaitility.await().until(() -> meeting.videoFramesLost() > 0);
                assertFalse(video.closed.isDone());
            }
        }
    }

    private List<JsonNode> play(int medium, ObjectNode params, PlayOptions options) throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            SimulatedMeeting meeting = zoom.play(TWO_SPEAKERS, options);
            try (Client signaling = zoom.signaling(meeting);
                    Client media = zoom.media(request(meeting, medium, params))) {
                signaling.send(ready(meeting));
                assertEquals(Optional.of(StopReason.MEETING_ENDED), meeting.awaitEnd(Client.PATIENCE));
                media.closeCode();
                List<JsonNode> frames = media.received.stream()
                        .map(message -> message.path("content"))
                        .toList();
                assertEquals(frames.size(), meeting.framesSent(MediaType.VIDEO));
                return frames;
            }
        }
    }

    private static ObjectNode request(SimulatedMeeting meeting, int medium, ObjectNode params) {
        ObjectNode request = mediaRequest(meeting, medium);
        request.putObject("media_params").set(medium == MEDIA_VIDEO ? "video" : "deskshare", params);
        return request;
    }

    private static ObjectNode params(int codec, int resolution, int fps, int dataOption) {
        ObjectNode params = Messages.object()
                .put("content_type", 3)
                .put("codec", codec)
                .put("resolution", resolution)
                .put("fps", fps);
        return dataOption == 0 ? params : params.put("data_opt", dataOption);
    }

    private static void choose(Client signaling, SimulatedMeeting meeting, String who, boolean subscribe)
            throws InterruptedException {
        signaling.send(Messages.message(Messages.VIDEO_SUBSCRIPTION_REQUEST)
                .put("user_id", meeting.participant(who).id())
                .put("subscribe", subscribe));
        ObjectNode answer = signaling.next();
        if (answer.path("msg_type").asInt() == Messages.STREAM_STATE_UPDATE) {
            answer = signaling.next();
        }
        assertEquals(
                Messages.VIDEO_SUBSCRIPTION_RESPONSE, answer.path("msg_type").asInt());
        assertEquals(0, answer.path("status_code").asInt(-1));
    }

    private static JsonNode awaitPerson(Client media, String who) throws InterruptedException {
        JsonNode content = media.next().path("content");
        while (!content.path("user_name").asText().equals(who)) {
            content = media.next().path("content");
        }
        return content;
    }

    /** What was under way may still come, and then nothing does. */
    private static void assertQuiet(Client media) {
        Awaitility.await()
                .during(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(5))
                .until(() -> {
                    boolean quiet = media.received.isEmpty();
                    media.received.clear();
                    return quiet;
                });
    }

    private static void assertVideoEvent(int type, SimulatedMeeting meeting, Client signaling) throws Exception {
        JsonNode event = signaling.expect(Messages.EVENT_UPDATE).path("event");
        assertEquals(type, event.path("event_type").asInt());
        assertEquals(
                "[{\"user_id\":" + meeting.participant("Ana").id() + "}]",
                event.path("participants").toString());
    }

    private static int eventType(Client signaling) throws InterruptedException {
        return signaling
                .expect(Messages.EVENT_UPDATE)
                .path("event")
                .path("event_type")
                .asInt();
    }

    private void clip(String name, int frames) throws Exception {
        Ffmpeg.make(
                folder.resolve(name),
                "-f",
                "lavfi",
                "-i",
                "testsrc=size=160x96:rate=25",
                "-frames:v",
                "" + frames,
                "-pix_fmt",
                "yuv420p",
                "-c:v",
                "libx264",
                "-bf",
                "0",
                "-f",
                "h264");
    }

    /** Begins with parameter sets, and has a key slice. */
    private static boolean isKeyFrame(JsonNode content) throws Exception {
        byte[] unit = content.path("data").binaryValue();
        boolean sets = false;
        for (int at = 0; at + 3 < unit.length; at++) {
            if (unit[at] == 0 && unit[at + 1] == 0 && unit[at + 2] == 1) {
                int type = unit[at + 3] & 0x1F;
                sets |= type == 7;
                if (type == 5) {
                    return sets;
                }
            }
        }
        return false;
    }

    private static byte[] bytes(List<JsonNode> frames) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (JsonNode frame : frames) {
            bytes.writeBytes(frame.path("data").binaryValue());
        }
        return bytes.toByteArray();
    }
}
