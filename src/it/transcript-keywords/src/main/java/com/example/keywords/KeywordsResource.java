package com.example.keywords;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;

/** What was counted. Asks for a token of the service, since {@code rtms.access.paths} says so. */
@Path("/keywords")
@Produces(MediaType.APPLICATION_JSON)
public class KeywordsResource {
    private final Keywords keywords;
    private final Webhooks webhooks;

    KeywordsResource(Keywords keywords, Webhooks webhooks) {
        this.keywords = keywords;
        this.webhooks = webhooks;
    }

    @GET
    public List<StreamCount.View> keywords() {
        return keywords.all();
    }

    @GET
    @Path("/webhooks")
    public Map<String, Integer> webhooks() {
        return webhooks.counts();
    }
}
