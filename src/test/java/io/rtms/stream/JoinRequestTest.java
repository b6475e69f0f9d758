package io.rtms.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rtms.event.Product;
import io.rtms.event.StreamRef;
import io.rtms.event.WebhookReceived;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JoinRequestTest {
    private static final String STREAM = "'rtms_stream_id':'s1','server_urls':'wss://a.zoom.us, wss://b.zoom.us'";

    @ParameterizedTest
    @CsvSource({
        "meeting_uuid, MEETING",
        "webinar_uuid, WEBINAR",
        "session_id, VIDEO_SDK",
        "engagement_id, CONTACT_CENTER",
        "call_id, PHONE"
    })
    void readsAPayloadWhoseIdSaysTheProduct(String idKey, Product product) throws Exception {
        String fields = "{'%s':'aB+/9w==',%s}".formatted(idKey, STREAM);
        for (String payload : List.of(fields, "{'object':" + fields + "}")) {
            JoinRequest request = JoinRequest.fromWebhook(json(payload));
            assertEquals(new StreamRef("s1", product, "aB+/9w=="), request.stream());
            assertEquals(List.of("wss://a.zoom.us", "wss://b.zoom.us"), request.serverUrls());
            assertEquals(JoinRequest.DEFAULT_APP, request.app());
            assertFalse(request.canSign());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "webinar.rtms_started, meeting_uuid, WEBINAR",
        "meeting.rtms_started, meeting_uuid, MEETING",
        "contact_center.voice_rtms_started, engagement_id, CONTACT_CENTER",
        "session.rtms_started, session_id, VIDEO_SDK"
    })
    void readsAWholeWebhookWhoseEventSaysTheProduct(String event, String idKey, Product product) throws Exception {
        JsonNode webhook = json("{'event':'%s','event_ts':1,'payload':{'%s':'m',%s}}".formatted(event, idKey, STREAM));
        assertEquals(new StreamRef("s1", product, "m"), JoinRequest.fromWebhook(webhook).stream());
    }

    @Test
    void aWebinarsIdWinsOverTheMeetingsBesideIt() throws Exception {
        JsonNode payload = json("{'meeting_uuid':'m','webinar_uuid':'w',%s}".formatted(STREAM));
        assertEquals(new StreamRef("s1", Product.WEBINAR, "w"), JoinRequest.fromWebhook(payload).stream());
    }

    @Test
    void takesTheAppOfTheWebhookThatWasReceived() throws Exception {
        JsonNode payload = json("{'meeting_uuid':'m',%s}".formatted(STREAM));
        JoinRequest request = JoinRequest.fromWebhook(new WebhookReceived("sales", "webinar.rtms_started", 1, payload));
        assertEquals("sales", request.app());
        assertEquals(new StreamRef("s1", Product.WEBINAR, "m"), request.stream());
    }

    @Test
    void takesServersFromAListToo() throws Exception {
        JsonNode payload =
                json("{'call_id':'c','rtms_stream_id':'s','server_urls':['wss://a.zoom.us',' ','wss://b.zoom.us']}");
        assertEquals(
                List.of("wss://a.zoom.us", "wss://b.zoom.us"),
                JoinRequest.fromWebhook(payload).serverUrls());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | payload is missing or no object",
                "{'event':'meeting.rtms_started','payload':7} | payload is missing or no object",
                "{'event':'meeting.ended','payload':{}} | event meeting.ended is about no stream",
                "{'rtms_stream_id':'s','server_urls':'wss://a'} | payload has none of meeting_uuid, webinar_uuid, session_id, engagement_id, call_id",
                "{'meeting_uuid':'m','server_urls':'wss://a'} | payload.rtms_stream_id is missing or no string",
                "{'meeting_uuid':7,'rtms_stream_id':'s','server_urls':'wss://a'} | payload.meeting_uuid is missing or no string",
                "{'meeting_uuid':'m','rtms_stream_id':'s'} | payload.server_urls is missing or no string",
                "{'meeting_uuid':'m','rtms_stream_id':'s','server_urls':' , '} | server_urls is missing",
                "{'event':'webinar.rtms_started','payload':{'rtms_stream_id':'s'}} | payload.webinar_uuid is missing or no string"
            })
    void namesWhatIsMissing(String webhook, String message) throws Exception {
        JsonNode json = json(webhook);
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> JoinRequest.fromWebhook(json))
                        .getMessage());
    }

    @Test
    void boundsTheLengthOfIds() throws Exception {
        JsonNode payload = json("{'meeting_uuid':'%s',%s}".formatted("m".repeat(257), STREAM));
        assertEquals(
                "payload.meeting_uuid is longer than 256 characters",
                assertThrows(IllegalArgumentException.class, () -> JoinRequest.fromWebhook(payload))
                        .getMessage());
    }

    @Test
    void keepsItsSecretsToItself() throws Exception {
        JoinRequest request = JoinRequest.fromWebhook(json("{'meeting_uuid':'m',%s}".formatted(STREAM))).toBuilder()
                .credentials("id", "hush")
                .signature("hush")
                .proxy("http://user:hush@proxy:3128")
                .build();
        assertTrue(request.canSign());
        assertFalse(request.toString().contains("hush"), request.toString());
    }

    private static JsonNode json(String quoted) throws JsonProcessingException {
        return new JsonMapper().readTree(quoted.replace('\'', '"'));
    }
}
