package io.rtms.http;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;

/** The bytes that came with a request, bounded. */
public final class BoundedBody {
    private BoundedBody() {}

    /**
     * Reads a body to its end.
     *
     * @param most how many bytes it may have; no more are read than one beyond
     * @throws WebApplicationException with a 413 where it has more
     */
    public static byte[] read(InputStream stream, int most) throws IOException {
        byte[] body = stream.readNBytes(most + 1);
        if (body.length > most) {
            throw new WebApplicationException(Problem.of(
                            Response.Status.REQUEST_ENTITY_TOO_LARGE,
                            "The body is larger than %d bytes.".formatted(most))
                    .toResponse());
        }
        return body;
    }
}
