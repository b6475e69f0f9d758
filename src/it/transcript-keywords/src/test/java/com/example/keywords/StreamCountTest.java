package com.example.keywords;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rtms.event.Product;
import io.rtms.event.StreamRef;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StreamCountTest {
    private final StreamCount count =
            new StreamCount(new StreamRef("s", Product.MEETING, "m"), Set.of("budget", "risk"));

    @Test
    void wordsAreCountedHoweverTheyAreWritten() {
        count.count("1", "The budget, the BUDGET: no budgets, and a risk.");
        assertEquals(Map.of("budget", 2, "risk", 1), count.view().keywords());
    }

    @Test
    void aCorrectedLineTakesThePlaceOfTheFirst() {
        count.count("1", "The budget.");
        count.count("1", "The gadget.");
        assertEquals(Map.of(), count.view().keywords());
        count.count("1", "A risk.");
        count.count("2", "A risk.");
        count.forget("2");
        assertEquals(Map.of("risk", 1), count.view().keywords());
    }
}
