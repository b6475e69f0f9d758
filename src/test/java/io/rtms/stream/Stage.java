package io.rtms.stream;

import io.rtms.Turns;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import jakarta.inject.Singleton;

/** Plays meetings that nobody but a test's own client joins. */
@Singleton
public class Stage {
    private final Simulator simulator;

    Stage(Simulator simulator) {
        this.simulator = simulator;
    }

    /** A meeting in which Ann and Bob speak in turns, a second each, and of which no webhook tells. */
    public SimulatedMeeting play(int lines, double speed) {
        return play(lines, PlayOptions.defaults().withSpeed(speed));
    }

    /** The same, played in some other way. */
    public SimulatedMeeting play(int lines, PlayOptions options) {
        return simulator.play(Turns.script(lines), options.withWebhooks(false));
    }

    /** What it takes to join a meeting, credentials aside. */
    public JoinRequest.Builder request(SimulatedMeeting meeting) {
        JoinRequest.Builder request =
                JoinRequest.builder().streamId(meeting.streamId()).serverUrls(simulator.signalingUrl());
        String id = meeting.meetingUuid();
        return switch (meeting.options().product()) {
            case MEETING -> request.meetingUuid(id);
            case WEBINAR -> request.webinarUuid(id);
            case VIDEO_SDK -> request.sessionId(id);
            case CONTACT_CENTER -> request.engagementId(id);
            case PHONE -> request.callId(id);
        };
    }

    /** Joins a meeting with a client. */
    public void join(RtmsClient client, SimulatedMeeting meeting) {
        client.join(request(meeting).build()).join();
    }
}
