package io.rtms.event;

import io.rtms.media.WireNumber;

/** Voice events of the contact center (rtms-protocol section 10.4); their numbers mean other things for other products. */
public enum ContactCenterEventType implements WireNumber {
    CONSUMER_ANSWERED(8),
    CONSUMER_END(9),
    USER_ANSWERED(10),
    USER_END(11),
    USER_HOLD(12),
    USER_UNHOLD(13),
    MONITOR_STARTED(14),
    MONITOR_TRANSITIONED(15),
    MONITOR_ENDED(16),
    TAKEOVER_STARTED(17),
    TRANSFER_INITIATED(18),
    TRANSFER_CANCELED(19),
    TRANSFER_ACCEPTED(20),
    TRANSFER_COMPLETED(21),
    TRANSFER_REJECTED(22),
    TRANSFER_TIMEOUT(23),
    CONFERENCE_CANCELED(24),
    CONFERENCE_PARTICIPANT_CANCELED(25),
    CONFERENCE_PARTICIPANT_INVITED(26),
    CONFERENCE_PARTICIPANT_REJECTED(27),
    CONFERENCE_PARTICIPANT_TIMEOUT(28),
    CONFERENCE_PARTICIPANT_LEFT(29),
    /** A number that this version does not know. */
    UNKNOWN(-1);

    private final int number;

    ContactCenterEventType(int number) {
        this.number = number;
    }

    @Override
    public int number() {
        return number;
    }

    /** The value with Zoom's number. */
    public static ContactCenterEventType of(int number) {
        return WireNumber.of(values(), number, UNKNOWN);
    }
}
