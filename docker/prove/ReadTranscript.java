import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a live transcript as a browser would, with Java alone: prints so many lines and exits 0, or 1 where they do not come within 30 s. */
public class ReadTranscript {
    private static final Pattern TEXT = Pattern.compile("\"text\":\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern NAME = Pattern.compile("\"name\":\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** @param arguments the socket's address with token and stream, and how many lines */
    public static void main(String[] arguments) throws Exception {
        int wanted = Integer.parseInt(arguments[1]);
        CompletableFuture<Void> done = new CompletableFuture<>();
        WebSocket.Listener reader = new WebSocket.Listener() {
            private final StringBuilder message = new StringBuilder();
            private int lines;

            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
                message.append(part);
                if (last) {
                    read(message.toString());
                    message.setLength(0);
                }
                socket.request(1);
                return null;
            }

            @Override
            public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                done.completeExceptionally(new AssertionError("closed: " + code + " " + reason));
                return null;
            }

            @Override
            public void onError(WebSocket socket, Throwable failure) {
                done.completeExceptionally(failure);
            }

            private void read(String json) {
                Matcher text = TEXT.matcher(json);
                Matcher name = NAME.matcher(json);
                if (json.contains("\"type\":\"transcript\"") && text.find() && name.find()) {
                    System.out.println(name.group(1) + ": " + text.group(1));
                    lines++;
                    if (lines == wanted) {
                        done.complete(null);
                    }
                }
            }
        };
        try (HttpClient client = HttpClient.newHttpClient()) {
            WebSocket socket = client.newWebSocketBuilder()
                    .buildAsync(URI.create(arguments[0]), reader)
                    .get(10, TimeUnit.SECONDS);
            try {
                done.get(30, TimeUnit.SECONDS);
            } finally {
                socket.abort();
            }
        }
    }
}
