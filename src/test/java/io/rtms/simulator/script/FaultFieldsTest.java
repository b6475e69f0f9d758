package io.rtms.simulator.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.media.MediaType;
import io.rtms.simulator.fault.ArmedFault;
import io.rtms.simulator.fault.Ending;
import io.rtms.simulator.fault.Fault;
import io.rtms.simulator.fault.Moment;
import io.rtms.simulator.fault.Notice;
import io.rtms.simulator.fault.On;
import io.rtms.simulator.fault.Refusal;
import io.rtms.simulator.fault.WebhookKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FaultFieldsTest {
    static Stream<Arguments> everyFault() {
        Duration second = Duration.ofSeconds(1);
        return Stream.of(
                fault("'fault':'drop-signaling'", new Fault.DropSignaling()),
                fault(
                        "'fault':'drop-signaling','how':'reset','webhook':'with-urls','delayMs':1000",
                        new Fault.DropSignaling(Ending.RESET, new Notice(true, true, second))),
                fault(
                        "'fault':'drop-signaling','how':'close-1000','webhook':'never'",
                        new Fault.DropSignaling(Ending.CLOSE_1000, Notice.NONE)),
                fault("'fault':'drop-media','medium':'audio'", new Fault.DropMedia(MediaType.AUDIO)),
                fault(
                        "'fault':'drop-media','medium':'chat','how':'close-1001','told':'event-first'",
                        new Fault.DropMedia(MediaType.CHAT, Ending.CLOSE_1001, Fault.Told.EVENT_FIRST)),
                fault("'fault':'fail-over'", new Fault.FailOver()),
                fault(
                        "'fault':'fail-over','old':'stay','delayMs':1000",
                        new Fault.FailOver(Fault.OldServers.STAY, second)),
                fault("'fault':'silence'", new Fault.Silence(On.ALL)),
                fault(
                        "'fault':'silence','on':'transcript','how':'black-hole'",
                        new Fault.Silence(On.TRANSCRIPT, Fault.Depth.BLACK_HOLE)),
                fault("'fault':'keep-alives','intervalMs':1000", new Fault.KeepAlives(On.ALL, second)),
                fault("'fault':'cut-message'", new Fault.CutMessage(On.MEDIA, Fault.Then.RESET)),
                fault(
                        "'fault':'cut-message','on':'signaling','then':'nothing'",
                        new Fault.CutMessage(On.SIGNALING, Fault.Then.NOTHING)),
                fault(
                        "'fault':'malformed','form':'invalid-utf8'",
                        new Fault.Malformed(On.ALL, Fault.Form.INVALID_UTF8)),
                fault("'fault':'huge-message'", new Fault.HugeMessage(On.MEDIA)),
                fault("'fault':'huge-message','on':'all','bytes':9", new Fault.HugeMessage(On.ALL, 9)),
                fault("'fault':'unreachable','how':'http-404'", new Fault.Unreachable(Fault.Door.HTTP_404)),
                fault(
                        "'fault':'odd-ending','signalingFirst':true,'terminated':'missing','stopped':'first','pauseMs':1000",
                        new Fault.OddEnding(true, Fault.Terminated.MISSING, Fault.Stopped.FIRST, second)),
                fault("'fault':'expire-window'", new Fault.ExpireWindow()),
                fault(
                        "'fault':'repeat-webhook','which':'started','copies':3",
                        new Fault.RepeatWebhook(WebhookKind.STARTED, 3)),
                fault(
                        "'fault':'webhook-trouble','which':'stopped','how':'again','delayMs':1000",
                        new Fault.WebhookTrouble(WebhookKind.STOPPED, Fault.Accident.AGAIN, 1, second)),
                fault(
                        "'fault':'restart-gateway','awayMs':1000,'streamsSurvive':false",
                        new Fault.RestartGateway(second, false)),
                fault(
                        "'fault':'refuse','request':'media-handshake','medium':'video','status':16,'times':2,'reason':'no'",
                        new Refusal(Refusal.Request.MEDIA_HANDSHAKE, Optional.of(MediaType.VIDEO), 16, "no", 2)));
    }

    @ParameterizedTest
    @MethodSource("everyFault")
    void readsEveryFault(String fields, Fault fault) throws Exception {
        assertEquals(new ArmedFault(Moment.NOW, fault), FaultFields.read("test", json(fields)));
    }

    @Test
    void readsWhenAndHowOften() throws Exception {
        assertEquals(
                new ArmedFault(Moment.MEDIA_HANDSHAKE, new Fault.FailOver(), 3),
                FaultFields.read("test", json("'fault':'fail-over','moment':'media-handshake','times':3")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'moment':'now' | test: field \"fault\": is missing",
                "'fault':'explode' | cut-message, drop-media, drop-signaling,",
                "'fault':'drop-media' | field \"medium\": is missing",
                "'fault':'drop-media','medium':'smell' | is none of audio, video, deskshare, transcript, chat",
                "'fault':'silence','on':'me' | is none of signaling, audio, video, deskshare, transcript, chat, media, all",
                "'fault':'silence','when':'now' | field \"when\": does not belong here",
                "'fault':'silence','moment':'soon' | is none of now, signaling-handshake, media-handshake, live, leaving",
                "'fault':'silence','times':0 | field \"times\": has to be a whole number from 1",
                "'fault':'fail-over','delayMs':3600001 | field \"delayMs\": has to be a whole number from 0 to 3600000",
                "'fault':'fail-over','delayMs':-1 | field \"delayMs\"",
                "'fault':'huge-message','bytes':1000000000 | field \"bytes\": has to be a whole number from 1 to 67108864",
                "'fault':'repeat-webhook','which':'started','copies':1001 | field \"copies\"",
                "'fault':'odd-ending','signalingFirst':1 | field \"signalingFirst\": has to be true or false",
                "'fault':'webhook-trouble','which':'stopped','how':'after-stopped' | field \"which\"",
                "'fault':'refuse','request':'signaling-handshake','status':3,'medium':'audio' | field \"medium\"",
                "'fault':'refuse','request':'signaling-handshake','status':'ok' | field \"status\""
            })
    void saysWhichFieldIsWrongAndWhatItCanBe(String fields, String problem) {
        ScriptException e =
                assertThrows(ScriptException.class, () -> FaultFields.read("test", json(fields.replace("\"", ""))));
        assertTrue(e.getMessage().contains(problem), e::getMessage);
        assertEquals(0, e.line());
    }

    @Test
    void faultsAreHappenings() {
        MeetingScript script = MeetingScript.parse("words", "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Ana>One.</v>\n")
                .withHappenings("faults.jsonl", "{\"atMs\": 12, \"what\": \"fault\", \"fault\": \"fail-over\"}\n");
        assertEquals(
                List.of(new TimedHappening(12, new Happening.Broken(new ArmedFault(Moment.NOW, new Fault.FailOver())))),
                script.happenings());
        ScriptException e = assertThrows(
                ScriptException.class,
                () -> script.withHappenings(
                        "faults.jsonl", "\n{\"atMs\": 12, \"what\": \"fault\", \"fault\": \"x\"}\n"));
        assertTrue(e.getMessage().startsWith("faults.jsonl, line 2: field \"fault\""), e::getMessage);
    }

    private static Arguments fault(String fields, Fault fault) {
        return Arguments.of(fields, fault);
    }

    private static ObjectNode json(String fields) throws Exception {
        return (ObjectNode) new ObjectMapper().readTree("{" + fields.replace('\'', '"') + "}");
    }
}
