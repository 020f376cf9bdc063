package io.github.sparklatent.bench.drill;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code jobs/drill}. */
@Command(
        name = "drill",
        description = "Kills real processes on real stores and checks what they leave.",
        mixinStandardHelpOptions = true)
public final class Drill implements Callable<Integer> {
    private static final Map<String, Exercise> DRILLS = Map.of("commits", new CommitsDrill());

    @Parameters(paramLabel = "NAME", description = "A drill, or all: commits.")
    private String name;

    @Option(names = "--short", description = "Fewer repetitions, in about a minute.")
    private boolean isShort;

    @Option(names = "--seed", description = "Seed of a drill to replay (default: from the time).")
    private long seed = System.currentTimeMillis();

    private Drill() {}

    /** One drill. It throws an exception if something is lost. */
    interface Exercise {
        /** Runs the drill, and returns what it did as Markdown. */
        String run(boolean isShort, long seed) throws Exception;
    }

    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        System.exit(new CommandLine(new Drill()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        List<String> names =
                name.equals("all") ? DRILLS.keySet().stream().sorted().toList() : List.of(name);
        for (String one : names) {
            if (!DRILLS.containsKey(one)) {
                System.err.printf(
                        "drill: %s is not a drill, expected one of %s%n", one, DRILLS.keySet());
                return 2;
            }
            System.err.printf("drill %s --seed %d%n", one, seed);
            System.out.println(DRILLS.get(one).run(isShort, seed));
        }
        return 0;
    }
}
