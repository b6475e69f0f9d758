package io.rtms.ops.doctor;

import io.quarkus.runtime.util.ExceptionUtil;
import io.rtms.Command;
import io.rtms.RtmsMain;
import io.rtms.ops.doctor.Finding.Level;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code --check}: says what is configured, what is missing and how to mend it. Never prints what is secret. */
@Singleton
public class Doctor implements Command {
    private final List<Check> checks;

    Doctor(
            LibraryCheck library,
            KeysCheck keys,
            AppsCheck apps,
            CertificatesCheck certificates,
            DoorsCheck doors,
            StreamsCheck streams,
            FoldersCheck folders,
            RedisCheck redis,
            MachineCheck machine) {
        this.checks = List.of(library, keys, apps, certificates, streams, doors, folders, redis, machine);
    }

    @Override
    public String option() {
        return "--check";
    }

    @Override
    public int run(List<String> arguments) {
        if (!arguments.isEmpty()) {
            System.out.printf("--check takes no arguments, and was given %s%n", arguments);
            return RtmsMain.USAGE;
        }
        List<Finding> findings = examine();
        findings.forEach(Doctor::print);
        long failures = count(findings, Level.FAIL);
        long warnings = count(findings, Level.WARN);
        System.out.printf(
                "%n%s, %d to think about%n",
                failures == 0 ? "Nothing must be mended" : "%d must be mended".formatted(failures), warnings);
        return failures == 0 ? 0 : 1;
    }

    /** All that there is to say. */
    List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        for (Check check : checks) {
            try {
                findings.addAll(check.findings());
            } catch (Exception | LinkageError e) {
                String part = check.getClass().getSimpleName().replaceFirst("Check.*", "");
                findings.add(Finding.fail(
                        part.toLowerCase(Locale.ROOT),
                        ExceptionUtil.getRootCause(e).toString(),
                        ""));
            }
        }
        return findings;
    }

    private static long count(List<Finding> findings, Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }

    private static void print(Finding finding) {
        System.out.printf(
                "%-4s  %-20s %s%n",
                finding.level() == Level.OK ? "ok" : finding.level(), finding.what(), finding.text());
        if (!finding.remedy().isEmpty()) {
            System.out.printf("%-4s  %-20s -> %s%n", "", "", finding.remedy());
        }
    }
}
