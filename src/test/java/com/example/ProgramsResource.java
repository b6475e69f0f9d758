package com.example;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** A resource of a program that embeds the service. */
@Path("/program")
public class ProgramsResource {
    @GET
    @Operation(hidden = true)
    public String get() {
        return "mine";
    }

    @GET
    @Path("/guarded")
    @Operation(hidden = true)
    public String guarded() {
        return "guarded";
    }

    @GET
    @Path("/missing")
    @Operation(hidden = true)
    public String missing() {
        throw new NotFoundException();
    }

    @GET
    @Path("/failing")
    @Operation(hidden = true)
    public String failing() {
        throw new IllegalStateException("on purpose");
    }

    @POST
    @Operation(hidden = true)
    public String upload(String body) {
        return body;
    }
}
