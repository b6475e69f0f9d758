package io.rtms.ops;

import java.util.Optional;
import java.util.stream.Stream;

/** How near words are. */
final class Spelling {
    private Spelling() {}

    /** The nearest of several words, if at most so many letters have to be put in, left out, changed, or swapped with the next one. */
    static Optional<String> nearest(String word, Stream<String> others, int most) {
        record Candidate(String word, int distance) {}
        return others.map(other -> new Candidate(other, distance(word, other)))
                .filter(candidate -> candidate.distance <= most)
                .min((a, b) -> Integer.compare(a.distance, b.distance))
                .map(Candidate::word);
    }

    /** Row by row of the table of distances between all beginnings of both words; a swap looks two rows back. */
    static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] spare = beforeLast;
            beforeLast = last;
            last = row;
            row = spare;
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(last[j - 1] + change, 1 + Math.min(last[j], row[j - 1]));
                boolean isSwap =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (isSwap) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
        }
        return row[b.length()];
    }
}
