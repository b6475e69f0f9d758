package io.rtms.soak;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came of the meetings. For any thread. */
final class SoakTally {
    private static final int MOST_COMPLAINTS = 100;

    private final Map<String, Integer> endings = new TreeMap<>();
    private final List<String> complaints = new ArrayList<>();
    private long meetings;
    private long lines;
    private long sentAgain;
    private long neverSent;
    private long missing;
    private long doubled;
    private long attempts;

    /**
     * A meeting is over.
     *
     * @param sent what was sent, each once
     * @param told what the service tells, in its order
     * @return whether something is wrong with it
     */
    synchronized boolean add(
            String streamId, String ending, List<String> sent, int again, int never, int connects, List<String> told) {
        meetings++;
        endings.merge(ending, 1, Integer::sum);
        lines += sent.size();
        sentAgain += again;
        neverSent += never;
        attempts += connects;
        List<String> absent = new ArrayList<>(sent);
        absent.removeAll(told);
        missing += absent.size();
        int twice = told.size() - (int) told.stream().distinct().count();
        doubled += twice;
        boolean inOrder = told.stream().filter(sent::contains).toList().equals(sent);
        boolean wrong = !absent.isEmpty() || twice > 0 || !inOrder;
        if (wrong) {
            complain("%s: missing %s, %d doubled, in order: %s".formatted(streamId, absent, twice, inOrder));
        }
        return wrong;
    }

    synchronized void complain(String complaint) {
        if (complaints.size() < MOST_COMPLAINTS) {
            complaints.add(complaint);
        }
    }

    synchronized List<String> complaints() {
        return Collections.unmodifiableList(new ArrayList<>(complaints));
    }

    @Override
    public synchronized String toString() {
        return ("%d meetings (%s), %d signaling attempts; %d lines sent, %d of them more than once, %d never sent;"
                        + " missing %d, doubled %d; %d complaints")
                .formatted(meetings, endings, attempts, lines, sentAgain, neverSent, missing, doubled, complaints.size());
    }
}
