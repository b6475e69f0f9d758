package io.rtms.simulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.Product;
import io.rtms.simulator.Deviation;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.Simulator;
import io.rtms.simulator.fault.ArmedFault;
import io.rtms.simulator.script.FaultFields;
import io.rtms.simulator.script.LineFields;
import io.rtms.simulator.script.MeetingScript;

/**
 * A meeting that is asked for: fields of an object, each of which may be missing.
 *
 * @param script what is played
 * @param options how it is played
 */
record PlayRequest(MeetingScript script, PlayOptions options) {
    private static final int MOST_SPEED = 10_000;

    /** Throws {@link io.rtms.simulator.script.ScriptException} with the field, or the line of the script, that is wrong. */
    static PlayRequest read(ObjectNode body, Simulator simulator) {
        LineFields fields = new LineFields("the body", 0, body);
        MeetingScript script = script(fields, simulator);
        PlayOptions options = options(fields, simulator.configuredOptions().withLoop(false));
        fields.rejectOthers();
        return new PlayRequest(script, options);
    }

    private static MeetingScript script(LineFields fields, Simulator simulator) {
        MeetingScript script = fields.has("script")
                ? MeetingScript.parse("script", fields.text("script"))
                : simulator.configuredScript();
        return fields.has("happenings") ? script.withHappenings("happenings", fields.text("happenings")) : script;
    }

    private static PlayOptions options(LineFields fields, PlayOptions configured) {
        ArmedFault[] faults =
                fields.objects("faults").stream().map(PlayRequest::fault).toArray(ArmedFault[]::new);
        Deviation[] deviations =
                fields.choices("deviations", Deviation.class, Enum::name).toArray(Deviation[]::new);
        return configured
                .withSpeed(fields.decimalOr("speed", configured.speed(), MOST_SPEED))
                .withProduct(fields.choiceOr("product", Product.class, configured.product(), Enum::name))
                .withLoop(fields.truthOr("loop", false))
                .withWebhooks(fields.truthOr("webhooks", true))
                .withKeptTranscripts(fields.truthOr("keepTranscripts", false))
                .withOverlap(fields.timeOr("overlapMs", configured.overlap(), PlayOptions.LONGEST_OVERLAP))
                .withDeviations(deviations)
                .withFaults(faults);
    }

    private static ArmedFault fault(LineFields fields) {
        ArmedFault fault = FaultFields.read(fields);
        fields.rejectOthers();
        return fault;
    }
}
