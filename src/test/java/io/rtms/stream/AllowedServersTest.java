package io.rtms.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedServersTest {
    private final AllowedServers servers = new AllowedServers(List.of("*.zoom.us", " Media.Example.com "), false);
    private final AllowedServers simulated = new AllowedServers(List.of("*.zoom.us"), true);

    @Test
    void keepsTheOrderAndLeavesOtherProtocolsOut() {
        assertEquals(
                List.of("wss://b.zoom.us:443", "WSS://MEDIA.example.com/x?y=z"),
                servers.admit(List.of("srt://a.zoom.us:9", "wss://b.zoom.us:443", "WSS://MEDIA.example.com/x?y=z")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wss://evil.example/ | names the host evil.example, which rtms.servers.allowed does not list",
                "wss://zoom.us.evil.example/ | names the host zoom.us.evil.example",
                "wss://zoom.us/ | names the host zoom.us",
                "wss://evilzoom.us/ | names the host evilzoom.us",
                "wss://a.zoom.us@evil.example/ | holds a URL without a plain host",
                "wss://user:pass@a.zoom.us/ | holds a URL without a plain host",
                "wss:a.zoom.us | holds a URL without a plain host",
                "wss://127.0.0.1:9 | names the host 127.0.0.1",
                "wss://[::1]:9 | names the host [::1]",
                "wss://a.zoom.us,wss://evil.example | names the host evil.example",
                "ws://a.zoom.us | needs 1 to 16 wss URLs, and has 0",
                "https://a.zoom.us | needs 1 to 16 wss URLs, and has 0",
                "not a url | holds something that is no URL",
                "'' | holds something that is no URL",
                "wss://2130706433 | names the host 2130706433",
                "wss://0x7f000001/ | names the host 0x7f000001",
                "wss://0177.0.0.1/ | names the host 0177.0.0.1",
                "wss://a.zoom.us./ | holds a URL without a plain host",
                "wss://a..zoom.us/ | holds a URL without a plain host",
                "wss://.zoom.us/ | holds a URL without a plain host",
                "wss://@evil.example/ | holds a URL without a plain host",
                "wss://a.zoom.us:443@evil.example/ | holds a URL without a plain host",
                "wss://a.zoom.us:80:443/ | holds a URL without a plain host",
                "wss://a.zoom.us:0 | holds a URL without a plain host",
                "wss://a.zoom.us:65536 | holds a URL without a plain host",
                "wss://a.zoom.us:-1 | holds a URL without a plain host",
                "wss://a.zoom.us: | holds a URL without a plain host",
                "wss://evil.example?.zoom.us | names the host evil.example",
                "wss://evil.example#.zoom.us | names the host evil.example",
                "wss://evil.example/.zoom.us | names the host evil.example",
                "wss://evil.example;.zoom.us | holds a URL without a plain host",
                "wss://evil.example%00.zoom.us | holds a URL without a plain host",
                "wss://evil.example%2f.zoom.us | holds a URL without a plain host",
                "wss://evil.example\\.zoom.us | holds something that is no URL",
                "wss://evil.example\\@a.zoom.us | holds something that is no URL",
                "wss:\\\\a.zoom.us | holds something that is no URL",
                "wss:///a.zoom.us | holds a URL without a plain host",
                "wss:////a.zoom.us | holds a URL without a plain host",
                "wss://[::ffff:127.0.0.1] | names the host [::ffff:127.0.0.1]",
                "wss://[::1%25lo] | holds a URL without a plain host",
                "wss://[::1].zoom.us | holds a URL without a plain host",
                "wss://[a.zoom.us] | holds a URL without a plain host",
                "wss://a.zoom.us]/ | holds a URL without a plain host",
                "wss://evil。zoom.us | holds something that is no URL",
                "wss://xn--zom-7qa.us | names the host xn--zom-7qa.us",
                "wss://a.zoom.us/\u00e9 | holds something that is no URL",
                "wss://a.zoom.us/a b | holds something that is no URL",
                "wss://a.zoom\t.us | holds something that is no URL"
            })
    void saysWhyAServerMustNotBeDialled(String urls, String why) {
        String message = refusal(servers, urls.split(","));
        assertTrue(message.startsWith("server_urls " + why), message);
    }

    @Test
    void tellsHowManyUrlsThereMayBe() {
        String[] many = new String[17];
        Arrays.fill(many, "wss://a.zoom.us");
        assertEquals("server_urls needs 1 to 16 wss URLs, and has 17", refusal(servers, many));
        assertEquals("server_urls needs 1 to 16 wss or ws URLs, and has 0", refusal(simulated));
    }

    @Test
    void theSimulatorsLoopbackIsAllowedOnlyWhileItRuns() {
        assertEquals(List.of("ws://127.0.0.1:9/x"), simulated.admit(List.of("ws://127.0.0.1:9/x")));
        assertEquals(
                "server_urls names the host 10.0.0.7",
                refusal(simulated, "ws://10.0.0.7").split(",")[0]);
    }

    @Test
    void noUrlHidesAnotherBehindAComma() {
        assertEquals(
                "server_urls holds something that is no URL", refusal(servers, "wss://a.zoom.us/x,wss://evil.example"));
        assertEquals(
                "server_urls holds something that is no URL", refusal(servers, "srt://a.zoom.us/x,wss://evil.example"));
    }

    @Test
    void everyUrlCountsWhereverItStands() {
        String[] lists = {"", " ", "wss://evil.example", "wss://a.zoom.us@evil.example"};
        for (String bad : lists) {
            refusal(servers, "wss://a.zoom.us", bad);
            refusal(servers, bad, "wss://a.zoom.us");
        }
    }

    @Test
    void anAddressIsAllowedWhereItIsListedAsItIsWritten() {
        AllowedServers listed = new AllowedServers(List.of("10.0.0.7", "[2001:db8::1]"), false);
        List<String> urls = List.of("wss://10.0.0.7:4430/x", "wss://[2001:DB8::1]:443");
        assertEquals(urls, listed.admit(urls));
        refusal(listed, "wss://10.0.0.07");
        refusal(listed, "wss://[2001:db8:0::1]");
    }

    @Test
    void boundsTheLengthOfAUrl() {
        servers.admit(List.of("wss://a.zoom.us/" + "x".repeat(2000)));
        refusal(servers, "wss://a.zoom.us/" + "x".repeat(2048));
        refusal(servers, "wss://" + "a".repeat(300) + ".zoom.us/");
    }

    @Test
    void leavesTheRestOfARequestAlone() {
        JoinRequest request = JoinRequest.builder()
                .callId("call")
                .streamId("s")
                .serverUrls("srt://a.zoom.us,wss://a.zoom.us")
                .signature("signed")
                .bufferData(false)
                .build();
        assertEquals(request.toBuilder().serverUrls("wss://a.zoom.us").build(), servers.admit(request));
    }

    private static String refusal(AllowedServers servers, String... urls) {
        return assertThrows(IllegalArgumentException.class, () -> servers.admit(Arrays.asList(urls)))
                .getMessage();
    }
}
