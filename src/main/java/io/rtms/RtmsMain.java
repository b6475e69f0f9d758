package io.rtms;

import io.quarkus.arc.All;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.util.ExceptionUtil;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The program: serves, or does what its first argument asks for. It has a name, so that an application that only uses this library keeps a main class of
 * its own.
 */
@QuarkusMain(name = "rtms")
public final class RtmsMain {
    /** Exit status for arguments that make no sense. */
    public static final int USAGE = 2;

    private static final String HELP = """
            rtms-service                         serves; see the README for its configuration
              --check                            says what is configured, what is missing and how to mend it; status 1 where something must be mended
              --send-webhook FILE [URL] [APP]    signs the JSON of a file (- for standard input) as Zoom does and posts it, to this service by default
              --help                             this text
            """;

    RtmsMain() {}

    /** Serves until it is told to stop, unless an option asks for something else. */
    public static void main(String... arguments) {
        if (arguments.length == 0 || !arguments[0].startsWith("-")) {
            Quarkus.run(arguments);
        } else if (arguments[0].equals("--help") || arguments[0].equals("-h")) {
            System.out.print(HELP);
        } else {
            System.setProperty(Launch.SERVES, "false");
            System.setProperty("quarkus.http.host-enabled", "false");
            System.setProperty("quarkus.management.host-enabled", "false");
            System.setProperty("quarkus.log.console.level", "ERROR");
            Quarkus.run(CommandLine.class, RtmsMain::exit, arguments);
        }
    }

    private static void exit(int status, Throwable failure) {
        if (failure == null) {
            System.exit(status);
        }
        System.out.printf(
                "FAIL  configuration%n      %s%n",
                ExceptionUtil.getRootCause(failure).getMessage());
        System.exit(1);
    }

    /** Finds the command that is asked for. */
    public static final class CommandLine implements QuarkusApplication {
        private final List<Command> commands;

        CommandLine(@All List<Command> commands) {
            this.commands = commands;
        }

        @Override
        public int run(String... arguments) {
            Optional<Command> command = commands.stream()
                    .filter(one -> one.option().equals(arguments[0]))
                    .findFirst();
            if (command.isEmpty()) {
                System.out.printf("%s is no option of this program.%n%n%s", arguments[0], HELP);
                return USAGE;
            }
            return command.get().run(Arrays.asList(arguments).subList(1, arguments.length));
        }
    }
}
