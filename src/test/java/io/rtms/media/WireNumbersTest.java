package io.rtms.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.rtms.event.ChatGroupType;
import io.rtms.event.ChatMemberStatus;
import io.rtms.event.ChatOperation;
import io.rtms.event.ChatSessionType;
import io.rtms.event.ContactCenterEventType;
import io.rtms.event.EventType;
import io.rtms.event.SessionState;
import io.rtms.event.StatusCode;
import io.rtms.event.StopReason;
import io.rtms.event.StreamStatus;
import io.rtms.event.TranscriptAttribute;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every enum with Zoom's numbers (rtms-protocol section 10): the names in the order of their numbers, and what follows them is unknown. */
class WireNumbersTest {
    @ParameterizedTest
    @MethodSource("enums")
    void everyNumberHasItsName(String names, int first, IntFunction<? extends Enum<?>> of) {
        List<String> expected = List.of(names.split(" "));
        List<String> found = IntStream.range(first, first + expected.size())
                .mapToObj(of)
                .map(Enum::name)
                .toList();
        assertEquals(expected, found);
    }

    @ParameterizedTest
    @MethodSource("enums")
    void laterNumbersAreUnknown(String names, int first, IntFunction<? extends Enum<?>> of) {
        String unknown = of.apply(first + names.split(" ").length).name();
        assertEquals(of.apply(0) instanceof TranscriptAttribute ? "NONE" : "UNKNOWN", unknown);
        assertSame(of.apply(Integer.MAX_VALUE), of.apply(first + names.split(" ").length));
    }

    static Stream<Arguments> enums() {
        return Stream.of(
                row("UNDEFINED RTP RAW_AUDIO RAW_VIDEO FILE_STREAM TEXT", 0, ContentType::of),
                row("UNDEFINED L16 G711 G722 OPUS", 0, AudioCodec::of),
                row("JPG PNG H264", 5, VideoCodec::of),
                row("SR_8K SR_16K SR_32K SR_48K", 0, AudioSampleRate::of),
                row("MONO STEREO", 1, AudioChannel::of),
                row("SD HD FHD QHD", 1, VideoResolution::of),
                row(
                        "UNDEFINED AUDIO_MIXED_STREAM AUDIO_MULTI_STREAMS VIDEO_SINGLE_ACTIVE_STREAM VIDEO_SINGLE_INDIVIDUAL_STREAM"
                                + " VIDEO_MIXED_GALLERY_VIEW",
                        0,
                        DataOption::of),
                row(
                        "NONE ARABIC BENGALI CANTONESE CATALAN CHINESE_SIMPLIFIED CHINESE_TRADITIONAL CZECH DANISH DUTCH ENGLISH ESTONIAN"
                                + " FINNISH FRENCH_CANADA FRENCH_FRANCE GERMAN HEBREW HINDI HUNGARIAN INDONESIAN ITALIAN JAPANESE KOREAN"
                                + " MALAY PERSIAN POLISH PORTUGUESE ROMANIAN RUSSIAN SPANISH SWEDISH TAGALOG TAMIL TELUGU THAI TURKISH"
                                + " UKRAINIAN VIETNAMESE",
                        -1,
                        TranscriptLanguage::of),
                row(
                        "UNDEFINED FIRST_PACKET_TIMESTAMP ACTIVE_SPEAKER_CHANGE PARTICIPANT_JOIN PARTICIPANT_LEAVE SHARING_START"
                                + " SHARING_STOP MEDIA_CONNECTION_INTERRUPTED PARTICIPANT_VIDEO_ON PARTICIPANT_VIDEO_OFF"
                                + " CHAT_GROUP_CREATE CHAT_GROUP_DELETE CHAT_GROUP_MEMBERS_ADD CHAT_GROUP_MEMBERS_DELETE"
                                + " CHAT_GROUP_MEMBER_STATUS_UPDATE",
                        0,
                        EventType::of),
                row(
                        "CONSUMER_ANSWERED CONSUMER_END USER_ANSWERED USER_END USER_HOLD USER_UNHOLD MONITOR_STARTED MONITOR_TRANSITIONED"
                                + " MONITOR_ENDED TAKEOVER_STARTED TRANSFER_INITIATED TRANSFER_CANCELED TRANSFER_ACCEPTED"
                                + " TRANSFER_COMPLETED TRANSFER_REJECTED TRANSFER_TIMEOUT CONFERENCE_CANCELED"
                                + " CONFERENCE_PARTICIPANT_CANCELED CONFERENCE_PARTICIPANT_INVITED CONFERENCE_PARTICIPANT_REJECTED"
                                + " CONFERENCE_PARTICIPANT_TIMEOUT CONFERENCE_PARTICIPANT_LEFT",
                        8,
                        ContactCenterEventType::of),
                row("INACTIVE INITIALIZE STARTED PAUSED RESUMED STOPPED", 0, SessionState::of),
                row("INACTIVE ACTIVE INTERRUPTED TERMINATING TERMINATED PAUSED RESUMED", 0, StreamStatus::of),
                row("NONE NEW UPDATE DELETE", 0, TranscriptAttribute::of),
                row("PRIVATE_CHAT_GROUP", 0, ChatGroupType::of),
                row(
                        "IN_CHAT_GROUP IN_BREAKOUT_ROOM IN_WAITING_ROOM IN_BACKSTAGE LEFT_MEETING",
                        0,
                        ChatMemberStatus::of),
                row("NEW DELETE UPDATE ADD_EMOJI_REACTION REMOVE_EMOJI_REACTION", 1, ChatOperation::of),
                row(
                        "EVERYONE INDIVIDUAL CHAT_GROUP HOSTS_AND_PANELISTS INDIVIDUAL_CC_HOSTS_AND_PANELISTS",
                        1,
                        ChatSessionType::of),
                row(
                        "UNDEFINED HOST_TRIGGERED USER_TRIGGERED USER_LEFT USER_EJECTED HOST_DISABLED_APP MEETING_ENDED STREAM_CANCELED"
                                + " STREAM_REVOKED ALL_APPS_DISABLED INTERNAL_EXCEPTION CONNECTION_TIMEOUT"
                                + " INSTANCE_CONNECTION_INTERRUPTED SIGNAL_CONNECTION_INTERRUPTED DATA_CONNECTION_INTERRUPTED"
                                + " SIGNAL_CONNECTION_CLOSED_ABNORMALLY DATA_CONNECTION_CLOSED_ABNORMALLY EXIT_SIGNAL"
                                + " AUTHENTICATION_FAILURE AWAIT_RECONNECTION_TIMEOUT RECEIVER_REQUEST_CLOSE CUSTOMER_DISCONNECTED"
                                + " AGENT_DISCONNECTED ADMIN_DISABLED_APP KEEP_ALIVE_TIMEOUT MANUAL_API_TRIGGERED"
                                + " STREAMING_NOT_SUPPORTED",
                        0,
                        StopReason::of),
                row(
                        "OK INVALID_MESSAGE_TYPE INVALID_RTMS_STREAM_ID INVALID_SIGNATURE INVALID_PAYLOAD INVALID_EVENTS INVALID_EVENT_TYPE"
                                + " INVALID_MEDIA_TYPE DUPLICATE_SIGNAL_REQUEST MEDIA_TYPE_AUDIO_NOT_SUPPORT"
                                + " MEDIA_TYPE_VIDEO_NOT_SUPPORT MEDIA_TYPE_DESKSHARE_NOT_SUPPORT MEDIA_TYPE_TRANSCRIPT_NOT_SUPPORT"
                                + " MEDIA_TYPE_CHAT_NOT_SUPPORT MEDIA_TYPE_INVALID_VALUE MEDIA_DATA_ALL_CONNECTION_EXIST"
                                + " DUPLICATE_MEDIA_DATA_CONNECTION INVALID_MEDIA_PARAMS INVALID_MEDIA_AUDIO_PARAMS"
                                + " INVALID_MEDIA_AUDIO_CONTENT_TYPE INVALID_MEDIA_AUDIO_SAMPLE_RATE INVALID_MEDIA_AUDIO_CHANNEL"
                                + " INVALID_MEDIA_AUDIO_CODEC INVALID_MEDIA_AUDIO_DATA_OPT INVALID_MEDIA_AUDIO_SEND_RATE"
                                + " INVALID_MEDIA_VIDEO_PARAMS INVALID_MEDIA_VIDEO_CONTENT_TYPE INVALID_MEDIA_VIDEO_CODEC"
                                + " INVALID_MEDIA_VIDEO_RESOLUTION INVALID_MEDIA_VIDEO_DATA_OPT INVALID_MEDIA_VIDEO_FPS"
                                + " INVALID_MEDIA_DESKSHARE_PARAMS INVALID_MEDIA_DESKSHARE_CONTENT_TYPE"
                                + " INVALID_MEDIA_DESKSHARE_CODEC INVALID_MEDIA_DESKSHARE_RESOLUTION INVALID_MEDIA_DESKSHARE_FPS"
                                + " INVALID_MEDIA_TRANSCRIPT_PARAMS INVALID_MEDIA_TRANSCRIPT_CONTENT_TYPE INVALID_MEDIA_CHAT_PARAMS"
                                + " INVALID_MEDIA_CHAT_CONTENT_TYPE INVALID_RTMS_SESSION_ID INVALID_CLIENT_READY_ACK"
                                + " INVALID_EVENT_SUBSCRIBE INVALID_MEDIA_TRANSCRIPT_SOURCE_LANGUAGE DUPLICATE_VIDEO_SUBSCRIPTION"
                                + " INTERNAL_EXCEPTION INVALID_MEDIA_TRANSCRIPT_TARGET_LANGUAGE CHAT_SESSION_KEY_NOT_AVAILABLE",
                        0,
                        StatusCode::of));
    }

    private static Arguments row(String names, int first, IntFunction<? extends Enum<?>> of) {
        return Arguments.of(names, first, of);
    }
}
