package io.rtms.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the kernel says of a process (proc(5)).
 *
 * @param processorSeconds user's and system's, since its start
 * @param residentBytes
 * @param switches of its threads that live, wanted or not
 */
record ProcessReadings(double processorSeconds, long residentBytes, long switches) {
    private static final double TICKS = 100; // USER_HZ, on every Linux of today
    private static final int USER_AT = 11; // behind the name in parentheses, from 0
    private static final int SYSTEM_AT = 12;

    static ProcessReadings of(long pid) throws IOException {
        Path folder = Path.of("/proc", Long.toString(pid));
        String stat = Files.readString(folder.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        double seconds = (Long.parseLong(fields[USER_AT]) + Long.parseLong(fields[SYSTEM_AT])) / TICKS;
        long resident = field(Files.readAllLines(folder.resolve("status")), "VmRSS:") * 1024;
        long switches = 0;
        try (Stream<Path> threads = Files.list(folder.resolve("task"))) {
            for (Path thread : threads.toList()) {
                switches += switchesOf(thread);
            }
        }
        return new ProcessReadings(seconds, resident, switches);
    }

    private static long switchesOf(Path thread) throws IOException {
        try {
            List<String> status = Files.readAllLines(thread.resolve("status"));
            return field(status, "voluntary_ctxt_switches:") + field(status, "nonvoluntary_ctxt_switches:");
        } catch (NoSuchFileException e) { // it has ended
            return 0;
        }
    }

    private static long field(List<String> status, String name) {
        return status.stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
