package io.github.sparklatent.app;

import com.typesafe.config.ConfigUtil;
import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.app.console.FileSystemSettings;
import io.github.sparklatent.app.job.Outcome;
import io.github.sparklatent.app.registry.Registry;
import io.github.sparklatent.app.registry.RegistryContext;
import io.github.sparklatent.config.RegistrySection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A command that only reads and extends the log of a registry. It needs no Spark session, so it answers at once. */
abstract class RegistryCommand implements Callable<Integer> {
    @ParentCommand
    private Latent latent;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions options;

    @Option(
            names = "--registry",
            paramLabel = "DIR",
            description = "Directory of the registry. No configuration is needed.")
    private String registry;

    /** Returns the value of {@code --run-id}, or null if the command does not have it. */
    String runId() {
        return null;
    }

    /** Returns whether the registry must exist. */
    boolean needsEntries() {
        return true;
    }

    /** Does the work and returns what is printed. */
    abstract Outcome run(Registry opened, RegistrySection section);

    @Override
    public Integer call() {
        List<String> all = new ArrayList<>(options.overrides());
        if (registry != null) {
            all.add("registry.path=" + ConfigUtil.quoteString(registry));
        }
        if (runId() != null) {
            all.add("registry.runId=" + ConfigUtil.quoteString(runId()));
        }
        if (!options.isConfigured() && registry == null) {
            throw new ParameterException(
                    spec.commandLine(), "Missing required option: '--config FILE' or '--registry DIR'");
        }
        JobConfiguration configuration = options.load(Job.REGISTRY, all);
        RegistrySection section = configuration.registry();
        Configuration hadoop = FileSystemSettings.ofSpark();
        Registry opened = new Registry(hadoop, RegistryContext.path(section));
        if (needsEntries()) {
            opened.requireEntries();
        }
        Outcome outcome = run(opened, section);
        options.print(latent.console(), outcome);
        return ExitCodes.DONE;
    }
}
