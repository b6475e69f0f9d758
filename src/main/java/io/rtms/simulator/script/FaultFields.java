package io.rtms.simulator.script;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.media.MediaType;
import io.rtms.simulator.fault.ArmedFault;
import io.rtms.simulator.fault.Ending;
import io.rtms.simulator.fault.Fault;
import io.rtms.simulator.fault.Labelled;
import io.rtms.simulator.fault.Moment;
import io.rtms.simulator.fault.Notice;
import io.rtms.simulator.fault.On;
import io.rtms.simulator.fault.Refusal;
import io.rtms.simulator.fault.WebhookKind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads a fault from the fields of an object: {@code fault} names it, {@code moment} (default now) and {@code times} (default 1) say when and
 * how often. Words are the labels of their types; times end in {@code Ms}.
 *
 * <pre>
 *   drop-signaling    how?, webhook? (sent, with-urls, never), delayMs?
 *   drop-media        medium, how?, told?
 *   fail-over         old?, delayMs?
 *   silence           on?, how?
 *   keep-alives       on?, intervalMs
 *   cut-message       on?, then?
 *   malformed         on?, form
 *   huge-message      on?, bytes?
 *   unreachable       how
 *   odd-ending        signalingFirst?, terminated?, stopped?, pauseMs?
 *   expire-window     how?
 *   repeat-webhook    which, copies?
 *   webhook-trouble   which, how, copies?, delayMs?
 *   restart-gateway   awayMs, streamsSurvive?
 *   refuse            request, medium?, status, reason?; times says how often
 * </pre>
 */
public final class FaultFields {
    /** What is told about a lost signaling connection. */
    private enum Told implements Labelled {
        SENT,
        WITH_URLS,
        NEVER
    }

    private static final Map<String, Function<FaultFields, Fault>> FAULTS = new TreeMap<>(Map.ofEntries(
            Map.entry("drop-signaling", FaultFields::dropSignaling),
            Map.entry("drop-media", FaultFields::dropMedia),
            Map.entry("fail-over", FaultFields::failOver),
            Map.entry("silence", FaultFields::silence),
            Map.entry("keep-alives", FaultFields::keepAlives),
            Map.entry("cut-message", FaultFields::cutMessage),
            Map.entry("malformed", FaultFields::malformed),
            Map.entry("huge-message", FaultFields::hugeMessage),
            Map.entry("unreachable", FaultFields::unreachable),
            Map.entry("odd-ending", FaultFields::oddEnding),
            Map.entry("expire-window", FaultFields::expireWindow),
            Map.entry("repeat-webhook", FaultFields::repeatWebhook),
            Map.entry("webhook-trouble", FaultFields::webhookTrouble),
            Map.entry("restart-gateway", FaultFields::restartGateway),
            Map.entry("refuse", FaultFields::refuse)));

    private final LineFields fields;

    private FaultFields(LineFields fields) {
        this.fields = fields;
    }

    /** Reads an object that is nothing but a fault; throws {@link ScriptException} with the field that is wrong. */
    public static ArmedFault read(String name, ObjectNode object) {
        LineFields fields = new LineFields(name, 0, object);
        ArmedFault fault = read(fields);
        fields.rejectOthers();
        return fault;
    }

    /** Reads a fault that may stand beside other fields. */
    public static ArmedFault read(LineFields fields) {
        String name = fields.text("fault");
        Function<FaultFields, Fault> reader = FAULTS.get(name);
        if (reader == null) {
            throw fields.wrong(
                    "fault",
                    "\"" + name + "\" is none of " + FAULTS.keySet().stream().collect(Collectors.joining(", ")));
        }
        Moment moment = fields.choiceOr("moment", Moment.class, Moment.NOW, Moment::label);
        Fault fault = reader.apply(new FaultFields(fields));
        int times = fault instanceof Refusal ? 1 : times(fields);
        return new ArmedFault(moment, fault, times);
    }

    private static int times(LineFields fields) {
        return fields.numberOr("times", 1, 1, Integer.MAX_VALUE);
    }

    private Fault dropSignaling() {
        Told told = choice("webhook", Told.class, Told.SENT);
        Notice notice = new Notice(told != Told.NEVER, told == Told.WITH_URLS, time("delayMs"));
        return new Fault.DropSignaling(choice("how", Ending.class, Ending.CLOSE_1011), notice);
    }

    private Fault dropMedia() {
        return new Fault.DropMedia(
                fields.choice("medium", MediaType.class, MediaType::label),
                choice("how", Ending.class, Ending.CLOSE_1011),
                choice("told", Fault.Told.class, Fault.Told.IN_FULL));
    }

    private Fault failOver() {
        return new Fault.FailOver(choice("old", Fault.OldServers.class, Fault.OldServers.CLOSE), time("delayMs"));
    }

    private Fault silence() {
        return new Fault.Silence(on(On.ALL), choice("how", Fault.Depth.class, Fault.Depth.MUTE));
    }

    private Fault keepAlives() {
        return new Fault.KeepAlives(on(On.ALL), fields.time("intervalMs", Fault.LONGEST));
    }

    private Fault cutMessage() {
        return new Fault.CutMessage(on(On.MEDIA), choice("then", Fault.Then.class, Fault.Then.RESET));
    }

    private Fault malformed() {
        return new Fault.Malformed(on(On.ALL), choice("form", Fault.Form.class));
    }

    private Fault hugeMessage() {
        On on = on(On.MEDIA);
        return fields.has("bytes")
                ? new Fault.HugeMessage(on, fields.numberOr("bytes", 1, 1, Fault.MOST_BYTES))
                : new Fault.HugeMessage(on);
    }

    private Fault unreachable() {
        return new Fault.Unreachable(choice("how", Fault.Door.class));
    }

    private Fault oddEnding() {
        return new Fault.OddEnding(
                fields.truthOr("signalingFirst", false),
                choice("terminated", Fault.Terminated.class, Fault.Terminated.USUAL),
                choice("stopped", Fault.Stopped.class, Fault.Stopped.LAST),
                time("pauseMs"));
    }

    private Fault expireWindow() {
        return new Fault.ExpireWindow(choice("how", Ending.class, Ending.RESET));
    }

    private Fault repeatWebhook() {
        return new Fault.RepeatWebhook(choice("which", WebhookKind.class), copies());
    }

    private Fault webhookTrouble() {
        WebhookKind which = choice("which", WebhookKind.class);
        Fault.Accident how = choice("how", Fault.Accident.class);
        if (how == Fault.Accident.AFTER_STOPPED && which != WebhookKind.STARTED) {
            throw fields.wrong("which", "has to be started: nothing else can come after stopped");
        }
        return new Fault.WebhookTrouble(which, how, copies(), time("delayMs"));
    }

    private Fault restartGateway() {
        return new Fault.RestartGateway(fields.time("awayMs", Fault.LONGEST), fields.truthOr("streamsSurvive", true));
    }

    private Fault refuse() {
        Refusal.Request request = choice("request", Refusal.Request.class);
        Optional<MediaType> medium = fields.has("medium")
                ? Optional.of(fields.choice("medium", MediaType.class, MediaType::label))
                : Optional.empty();
        if (medium.isPresent() && request != Refusal.Request.MEDIA_HANDSHAKE) {
            throw fields.wrong("medium", "belongs to request media-handshake only");
        }
        int status = fields.number("status", 0, Integer.MAX_VALUE);
        String reason = fields.textOr("reason", "refused on request");
        return new Refusal(request, medium, status, reason, times(fields));
    }

    private On on(On otherwise) {
        return choice("on", On.class, otherwise);
    }

    private int copies() {
        return fields.numberOr("copies", 1, 1, Fault.MOST_COPIES);
    }

    private Duration time(String field) {
        return fields.has(field) ? fields.time(field, Fault.LONGEST) : Duration.ZERO;
    }

    private <E extends Enum<E> & Labelled> E choice(String field, Class<E> type) {
        return fields.choice(field, type, Labelled::label);
    }

    private <E extends Enum<E> & Labelled> E choice(String field, Class<E> type, E otherwise) {
        return fields.choiceOr(field, type, otherwise, Labelled::label);
    }
}
