package io.rtms.access;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** A resource of ours at a path that nobody told the guard about. */
@Path("/forgotten")
public class ForgottenResource {
    @GET
    @Operation(hidden = true)
    public String get() {
        return "secret";
    }

    @POST
    @Path("/{id}")
    @Operation(hidden = true)
    public String post() {
        return "secret";
    }
}
