package io.github.sparklatent.app;

import io.github.sparklatent.app.config.Reference;
import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.cluster.table.NearestName;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.ml.Families;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The command {@code latent reference}: all keys with their defaults, ranges and meanings. */
@Command(
        name = "reference",
        mixinStandardHelpOptions = true,
        description = {
            "Prints every key of a configuration with its default, range and meaning.",
            "It includes the keys of model types that jars of the job bring."
        })
final class ReferenceCommand implements Callable<Integer> {
    @ParentCommand
    private Latent latent;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Model type whose keys have their defaults. Default: the first type.")
    private String type;

    @Option(names = "--table", description = "Prints a table in Markdown.")
    private boolean table;

    @Override
    public Integer call() {
        latent.console().out().println(table ? Reference.table() : Reference.reference(chosen()));
        return ExitCodes.DONE;
    }

    private ModelType chosen() {
        if (type == null) {
            return Families.types().first();
        }
        List<String> names =
                Families.types().all().stream().map(ModelType::type).toList();
        return Families.types()
                .find(type)
                .orElseThrow(() -> new UsageException("--type is %s, which is no model type%s; the types are %s"
                        .formatted(type, NearestName.hint(type, names), String.join(", ", names))));
    }
}
