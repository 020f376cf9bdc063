package io.github.sparklatent.app.job;

import io.github.sparklatent.ml.core.SavedModel;
import io.github.sparklatent.ml.core.SavedModels;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * Prints a description of a saved model and its origin. Spark starts if the parameters are asked for, or if the model
 * has no description among its files, because a program has saved it.
 */
public final class InspectJob implements Work {
    private final JobContext context;
    private final boolean withContent;
    private Outcome outcome;

    /**
     * Creates the job without starting it.
     *
     * @param withContent whether the metrics have all parameters of the model
     */
    public InspectJob(JobContext context, boolean withContent) {
        this.context = context;
        this.withContent = withContent;
    }

    @Override
    public void check() {
        String path = context.configuration().savedModel();
        outcome = Inspection.directory(context.hadoop(), path)
                .filter(directory -> !withContent)
                .flatMap(this::described)
                .orElseGet(() -> loaded(path));
    }

    private Optional<Outcome> described(Path directory) {
        return Inspection.read(context.hadoop(), directory).map(inspection -> inspection.outcome(directory.toString()));
    }

    private Outcome loaded(String path) {
        SavedModels.requirePath(context.hadoop(), path);
        SavedModel saved =
                SavedModels.any(context.spark(), path, context.configuration().type());
        Outcome found = Inspection.of(saved).outcome(saved.path());
        if (withContent) {
            found.metrics().put("content", saved.model().namedContent());
        }
        return found;
    }

    @Override
    public Outcome run() {
        return outcome;
    }
}
