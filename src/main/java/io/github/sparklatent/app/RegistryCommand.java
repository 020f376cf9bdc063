package io.github.sparklatent.app;

import com.typesafe.config.ConfigUtil;
import io.github.sparklatent.app.JobCommand.CompareCommand;
import io.github.sparklatent.app.JobCommand.RetrainCommand;
import io.github.sparklatent.app.RegistryCommand.ReasonedCommand;
import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.app.console.Session.FileSystemSettings;
import io.github.sparklatent.app.files.Place;
import io.github.sparklatent.app.job.Outcome;
import io.github.sparklatent.app.registry.Registry;
import io.github.sparklatent.app.registry.RegistryContext;
import io.github.sparklatent.cluster.storage.Event;
import io.github.sparklatent.cluster.storage.State;
import io.github.sparklatent.config.RegistrySection;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.StateCodec;
import io.github.sparklatent.ml.io.Json;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that only reads and extends the log of a registry. It needs no Spark session, so it answers at once. */
@Command(mixinStandardHelpOptions = true, versionProvider = Latent.Version.class, sortOptions = false)
abstract class RegistryCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions options;

    @Option(
            names = "--registry",
            paramLabel = "DIR",
            description = "Directory of the registry. No configuration is needed.")
    private String registry;

    /** Does the work and returns what is printed. */
    abstract Outcome run(Registry opened, RegistrySection section);

    @Override
    public Integer call() {
        List<String> all = new ArrayList<>(options.overrides());
        if (registry != null) {
            all.add("registry.path=" + ConfigUtil.quoteString(registry));
        }
        if (!options.isConfigured() && registry == null) {
            throw new ParameterException(
                    spec.commandLine(), "Missing required option: '--config FILE' or '--registry DIR'");
        }
        JobConfiguration configuration = options.load(Job.REGISTRY, all);
        RegistrySection section = configuration.registry();
        Configuration hadoop = FileSystemSettings.ofSpark();
        Registry opened = new Registry(hadoop, RegistryContext.path(section));
        opened.requireEntries();

        Outcome outcome = run(opened, section);
        options.print(((Latent) spec.root().userObject()).console(), outcome);
        return ExitCodes.DONE;
    }

    /** The group of the commands about a registry. */
    @Command(
            name = "registry",
            header = "Retrains, publishes and rolls back the versions of a model.",
            mixinStandardHelpOptions = true,
            versionProvider = Latent.Version.class,
            synopsisSubcommandLabel = "COMMAND",
            description =
                    "%nExamples:%n  spark-latent registry retrain --config nightly.conf --run-id 2026-01-31%n  spark-latent registry history --registry registry%n",
            subcommands = {
                RetrainCommand.class,
                CompareCommand.class,
                PublishCommand.class,
                RollbackCommand.class,
                ReleaseCommand.class,
                HistoryCommand.class,
                PruneCommand.class,
                VerifyCommand.class
            })
    static final class Group implements Runnable {
        @Spec
        private CommandSpec spec;

        @Override
        public void run() {
            throw Latent.withoutCommand(spec);
        }
    }

    /** A command by which a person decides about the champion, and may say why. */
    abstract static class ReasonedCommand extends RegistryCommand {
        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; the log keeps it with the user's name.")
        private String reason;

        Optional<String> reason() {
            return Optional.ofNullable(reason).filter(text -> !text.isBlank());
        }
    }

    /** The command {@code publish}. */
    @Command(
            name = "publish",
            header =
                    "Makes the version of a run the champion, if compare has accepted it and no other version was published since.",
            description =
                    "%nExamples:%n  spark-latent registry publish --registry registry --to-run 2026-01-31 --reason \"checked by hand\" --force%n")
    static final class PublishCommand extends ReasonedCommand {
        @Option(names = "--to-run", paramLabel = "ID", required = true, description = "Run whose version is published.")
        private String run;

        @Option(
                names = "--force",
                description =
                        "Publish although the run was rejected, rolled back or not compared, or the champion is held.")
        private boolean forced;

        @Override
        Outcome run(Registry opened, RegistrySection section) {
            boolean changed = opened.publish(run, forced, reason());
            return new Outcome(
                    Json.object("champion", run, "changed", changed),
                    changed ? "champion  " + run + "\n" : "champion  " + run + ", as before\n");
        }
    }

    /** The command {@code rollback}. */
    @Command(
            name = "rollback",
            header = "Makes an earlier champion the champion again and holds it: no run is published until release.",
            description = "%nExamples:%n  spark-latent registry rollback --registry registry --from-run 2026-01-31%n")
    static final class RollbackCommand extends ReasonedCommand {
        @Option(
                names = "--to-run",
                paramLabel = "ID",
                description =
                        "Run of the version. Absent: the champion before the current one, so that each repetition goes one further back.")
        private String target;

        @Option(
                names = "--from-run",
                paramLabel = "ID",
                description =
                        "Roll back only if this run is the champion, so that a repetition does nothing. If the champion was changed since, the command is refused.")
        private String source;

        @Override
        Outcome run(Registry opened, RegistrySection section) {
            State state = opened.rollback(Optional.ofNullable(target), Optional.ofNullable(source), reason());
            String champion = state.champion().orElseThrow();
            boolean isHeld = state.hold() != null;
            return new Outcome(
                    Json.object("champion", champion, "held", isHeld),
                    "champion  " + champion + (isHeld ? ", held until release\n" : ", not held\n"));
        }
    }

    /** The command {@code release}. */
    @Command(
            name = "release",
            header = "Releases a champion that a rollback holds, so that runs are published again.",
            description = "%nExamples:%n  spark-latent registry release --registry registry%n")
    static final class ReleaseCommand extends ReasonedCommand {
        @Override
        Outcome run(Registry opened, RegistrySection section) {
            String champion = opened.state().champion().orElse("none");
            boolean changed = opened.release(reason());
            return new Outcome(
                    Json.object("champion", champion, "held", false, "changed", changed),
                    "champion  " + champion + (changed ? ", released\n" : ", not held\n"));
        }
    }

    /** The command {@code history}. */
    @Command(
            name = "history",
            header = "Lists the runs and the decisions of a registry.",
            description = "%nExamples:%n  spark-latent registry history --registry registry%n")
    static final class HistoryCommand extends RegistryCommand {
        @Override
        Outcome run(Registry opened, RegistrySection section) {
            State newest = opened.state();
            List<State> states = opened.place().log().all();
            String champion = newest.champion().orElse("none")
                    + (newest.hold() == null ? "" : ", " + Registry.held(newest.hold()));
            return new Outcome(
                    Json.object(
                            "champion",
                            newest.champion().orElse(null),
                            "previous",
                            newest.previous().orElse(null),
                            "held",
                            newest.hold() != null,
                            "entries",
                            states.stream().map(state -> json(state.event())).toList()),
                    states.stream()
                            .map(state -> line(state.event()))
                            .collect(Collectors.joining("", "", "champion  " + champion + "\n")));
        }

        private static Map<String, Object> json(Event event) {
            Map<String, Object> json = StateCodec.tree(event);
            json.put("kind", event.kind().toString());
            return json;
        }

        private static String line(Event event) {
            String reasons = event.reasons().isEmpty() ? "" : ": " + String.join("; ", event.reasons());
            return "%s  %-8s  %s%s%s\n"
                    .formatted(
                            event.instant().truncatedTo(ChronoUnit.SECONDS),
                            event.kind(),
                            event.kind() == Event.Kind.PRUNE ? String.join(", ", Place.runs(event)) : event.runId(),
                            event.outcome(),
                            reasons);
        }
    }

    /** The command {@code verify}. */
    @Command(
            name = "verify",
            header = "Reads the log and all files of all versions, and compares them with their digests.",
            description = "%nExamples:%n  spark-latent registry verify --registry registry%n")
    static final class VerifyCommand extends RegistryCommand {
        @Override
        Outcome run(Registry opened, RegistrySection section) {
            State state = opened.state();
            int entries = opened.place().log().all().size();
            List<String> damaged = new ArrayList<>();
            int files = 0;
            for (Map.Entry<String, State.Version> version : state.versions().entrySet()) {
                try {
                    files += opened.verify(version.getValue());
                } catch (DataException e) {
                    damaged.add("run \"%s\": %s".formatted(version.getKey(), e.getMessage()));
                }
            }
            if (!damaged.isEmpty()) {
                throw new DataException(String.join("\n", damaged));
            }
            return new Outcome(
                    Json.object("entries", entries, "versions", state.versions().size(), "files", files),
                    "verified  %d entries, %d versions, %d files%n"
                            .formatted(entries, state.versions().size(), files));
        }
    }

    /** The command {@code prune}. */
    @Command(
            name = "prune",
            header = "Removes all versions but the newest registry.keep, the champion and the champion before it.",
            description = "%nExamples:%n  spark-latent registry prune --config nightly.conf%n")
    static final class PruneCommand extends RegistryCommand {
        @Override
        Outcome run(Registry opened, RegistrySection section) {
            Set<String> pruned = opened.prune(section.keep());
            return new Outcome(
                    Json.object("pruned", pruned),
                    "pruned    " + (pruned.isEmpty() ? "nothing" : String.join(", ", pruned)) + "\n");
        }
    }
}
