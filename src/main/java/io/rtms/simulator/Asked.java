package io.rtms.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.rtms.media.WireNumber;

/** The parameters of one medium as a client asks for them; what is missing takes the server's defaults (rtms-protocol section 5.2). */
record Asked(JsonNode fields) {
    /** Stands for what is no whole number, and is no number of Zoom's. */
    private static final int NO_NUMBER = Integer.MIN_VALUE + 1;

    /** Whether this is nothing, or an object. */
    boolean isObject() {
        return fields.isMissingNode() || fields.isNull() || fields.isObject();
    }

    boolean has(String field) {
        return fields.hasNonNull(field);
    }

    /** The number of a field. */
    int number(String field, int otherwise) {
        JsonNode value = fields.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        return value.isInt() ? value.asInt() : NO_NUMBER;
    }

    int number(String field, WireNumber otherwise) {
        return number(field, otherwise.number());
    }
}
