package com.example;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** A program may have an API of its own beside the service's. */
@Path("/api/program")
public class ProgramsApi {
    @GET
    @Operation(hidden = true)
    public String get() {
        return "mine";
    }
}
