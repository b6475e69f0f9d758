package io.rtms.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** A resource with a fault that nobody thought of. */
@Path("/api/failing")
public class FailingResource {
    @GET
    @Operation(hidden = true)
    public String get() {
        throw new IllegalStateException("on purpose");
    }
}
