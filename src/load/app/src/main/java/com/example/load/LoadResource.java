package com.example.load;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Asks for the figures. For one client, one request after the other. */
@Path("/load")
public class LoadResource {
    @Inject
    LoadObserver observer;

    @Inject
    Garbage garbage;

    /** Begins to measure. */
    @POST
    @Path("/begin")
    public void begin() {
        observer.kinds().values().forEach(Ages::reset);
        garbage.reset();
    }

    /** Collects garbage, so that memory can be compared. */
    @POST
    @Path("/collect")
    public void collect() {
        System.gc();
    }

    /** Since the last call. */
    @GET
    @Path("/interval")
    public Map<String, Object> interval() {
        return figures(Ages::interval);
    }

    /** Since {@link #begin}, until the last {@link #interval}. */
    @GET
    @Path("/total")
    public Map<String, Object> total() {
        return figures(Ages::total);
    }

    private Map<String, Object> figures(Function<Ages, Map<String, Object>> ages) {
        Map<String, Object> figures = new TreeMap<>();
        observer.kinds().forEach((kind, seen) -> figures.put(kind, ages.apply(seen)));
        figures.put("garbage", garbage.figures());
        return figures;
    }
}
