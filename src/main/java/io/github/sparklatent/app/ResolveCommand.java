package io.github.sparklatent.app;

import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.ml.Families;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/**
 * The command {@code latent resolve}, for scripts: checks a configuration and prints it as one word. In cluster deploy
 * mode the driver sees neither the file nor its includes nor the environment.
 */
@Command(name = "resolve", hidden = true, description = "Prints a configuration as one word, for --config-text.")
final class ResolveCommand implements Callable<Integer> {
    @ParentCommand
    private Latent latent;

    @Option(names = "--config", required = true, paramLabel = "FILE")
    private Path config;

    @Option(names = "--set", paramLabel = "KEY=VALUE")
    private List<String> overrides = new ArrayList<>();

    @Override
    public Integer call() {
        latent.console().out().println(JobConfiguration.resolved(config, overrides, Families.types()));
        return ExitCodes.DONE;
    }
}
