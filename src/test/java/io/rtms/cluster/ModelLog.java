package io.rtms.cluster;

import io.rtms.cluster.RedisModel.ErrorAnswer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A Redis stream of {@link RedisModel}, with its consumer groups. */
final class ModelLog {
    private final TreeMap<Id, List<String>> entries = new TreeMap<>();
    private final Map<String, Group> groups = new HashMap<>();
    private Id last = new Id(0, 0);

    private record Id(long time, long number) implements Comparable<Id> {
        static Id of(String text, long missing) {
            String[] parts = text.split("-");
            return new Id(Long.parseLong(parts[0]), parts.length == 1 ? missing : Long.parseLong(parts[1]));
        }

        Id next() {
            return new Id(time, number + 1);
        }

        @Override
        public int compareTo(Id other) {
            int byTime = Long.compare(time, other.time);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }

        @Override
        public String toString() {
            return time + "-" + number;
        }
    }

    private record Pending(String consumer, long sinceNanos) {}

    /** Who has taken what. */
    static final class Group {
        private Id last = new Id(0, 0);
        private final TreeMap<Id, Pending> pending = new TreeMap<>();

        long acknowledge(String id) {
            return pending.remove(Id.of(id, 0)) == null ? 0 : 1;
        }
    }

    /** XADD; returns the id. */
    String add(List<String> arguments) {
        int at = 1;
        int most = Integer.MAX_VALUE;
        if (arguments.get(at).equals("MAXLEN")) {
            most = Integer.parseInt(arguments.get(at + 2));
            at += 3;
        }
        Id id = arguments.get(at).equals("*") ? newId() : Id.of(arguments.get(at), 0);
        if (id.compareTo(last) <= 0) {
            throw new ErrorAnswer("ERR The ID specified in XADD is equal or smaller than the target stream top item");
        }
        last = id;
        entries.put(id, List.copyOf(arguments.subList(at + 1, arguments.size())));
        while (entries.size() > most) {
            entries.pollFirstEntry();
        }
        return id.toString();
    }

    private Id newId() {
        Id now = new Id(System.currentTimeMillis(), 0);
        return now.compareTo(last) > 0 ? now : last.next();
    }

    long size() {
        return entries.size();
    }

    long delete(String id) {
        return entries.remove(Id.of(id, 0)) == null ? 0 : 1;
    }

    List<Object> range(String from, String to, boolean backwards, int count) {
        Id first = from.equals("-") ? new Id(0, 0) : Id.of(from, 0);
        Id newest = to.equals("+") ? last : Id.of(to, Long.MAX_VALUE);
        if (first.compareTo(newest) > 0) {
            return List.of();
        }
        NavigableMap<Id, List<String>> part = entries.subMap(first, true, newest, true);
        return list(backwards ? part.descendingMap() : part, count);
    }

    List<Object> after(String id, int count) {
        return list(entries.tailMap(Id.of(id, 0), false), count);
    }

    private static List<Object> list(NavigableMap<Id, List<String>> part, int count) {
        List<Object> found = new ArrayList<>();
        part.entrySet().stream()
                .limit(count)
                .forEach(entry -> found.add(List.of(entry.getKey().toString(), entry.getValue())));
        return found;
    }

    Object create(String group) {
        if (groups.putIfAbsent(group, new Group()) != null) {
            throw new ErrorAnswer("BUSYGROUP Consumer Group name already exists");
        }
        return true;
    }

    Group group(String name) {
        Group group = groups.get(name);
        if (group == null) {
            throw new ErrorAnswer("NOGROUP No such consumer group");
        }
        return group;
    }

    /** XREADGROUP with {@code >}. */
    List<Object> read(String groupName, String consumer, int count) {
        Group group = group(groupName);
        List<Object> found = list(entries.tailMap(group.last, false), count);
        entries.tailMap(group.last, false).keySet().stream()
                .limit(count)
                .toList()
                .forEach(id -> {
                    group.last = id;
                    group.pending.put(id, new Pending(consumer, System.nanoTime()));
                });
        return found;
    }

    /** XAUTOCLAIM from the first. */
    List<Object> claim(String groupName, String consumer, long idleMs, int count) {
        Group group = group(groupName);
        List<Object> found = new ArrayList<>();
        long now = System.nanoTime();
        for (Id id : List.copyOf(group.pending.keySet())) {
            boolean idle = now - group.pending.get(id).sinceNanos() >= idleMs * 1_000_000;
            if (idle && !entries.containsKey(id)) {
                group.pending.remove(id);
            } else if (idle && found.size() < count) {
                group.pending.put(id, new Pending(consumer, now));
                found.add(List.of(id.toString(), entries.get(id)));
            }
        }
        return List.of("0-0", found, List.of());
    }
}
