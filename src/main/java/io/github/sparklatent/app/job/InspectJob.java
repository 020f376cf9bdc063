package io.github.sparklatent.app.job;

import io.github.sparklatent.cluster.storage.HadoopStore;
import io.github.sparklatent.cluster.storage.Store;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.SavedModel;
import io.github.sparklatent.ml.core.SavedModels;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.ml.io.ModelChecksums;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    /**
     * The description of a saved model without its path. A training keeps it in a file within the model, because
     * reading the model itself needs a Spark session.
     *
     * @param model the model in one line
     * @param metrics further metrics
     * @param text the further lines
     */
    record Inspection(String model, Map<String, Object> metrics, String text) {
        /** Name of the file. */
        static final String FILE = "inspection.json";

        private static final Logger LOG = LoggerFactory.getLogger(Inspection.class);
        private static final int SHOWN = 20;

        static Inspection of(SavedModel saved) {
            LatentModel.Inspection inspection = saved.ofTable().inspect();
            Map<String, Object> metrics = Json.object(
                    "model", saved.model().metrics(),
                    "columns", saved.inputColumns(),
                    "scale", scale(saved));
            metrics.putAll(inspection.metrics());
            Lines lines = columns(saved);
            lines.addAll(inspection.lines());
            return new Inspection(saved.model().describe(), metrics, lines.toString());
        }

        private static String scale(SavedModel saved) {
            return saved.scaling().kind().name().toLowerCase(Locale.ROOT);
        }

        private static Lines columns(SavedModel saved) {
            Lines lines = new Lines();
            if (!saved.inputColumns().isEmpty()) {
                String more = saved.inputColumns().size() > SHOWN ? ", ..." : "";
                lines.add(
                        "columns",
                        "%s%s",
                        saved.inputColumns().stream().limit(SHOWN).collect(Collectors.joining(", ")),
                        more);
            }
            boolean scaled = saved.scaling().kind() != Scale.NONE;
            lines.add(
                    "scale",
                    "%s%s",
                    scale(saved),
                    scaled ? "; parameters and densities are those of the scaled columns" : "");
            return lines;
        }

        /** Returns the outcome of inspecting the model at a path. */
        Outcome outcome(String path) {
            Map<String, Object> all = Json.object("path", path);
            all.putAll(metrics);
            Lines head = new Lines();
            head.add("model", "%s", model);
            head.add("path", "%s", path);
            return new Outcome(all, head + text);
        }

        /** Returns the content of the file. */
        String content() {
            return Json.text(Json.object(
                    "model", model,
                    "metrics", metrics,
                    "text", text));
        }

        /**
         * Reads the description of a model.
         *
         * @return empty if there is none, or if no checksums show that it is that of this model
         * @throws DataException if a file of the model does not have its checksum
         */
        static Optional<Inspection> read(Configuration hadoop, Path directory) {
            try {
                Store store = new HadoopStore(hadoop, directory);
                Optional<byte[]> found = store.get(new Path(directory, FILE));
                if (found.isEmpty()
                        || store.get(new Path(directory, ModelChecksums.NAME)).isEmpty()) {
                    return Optional.empty();
                }
                ModelChecksums.require(store, directory);
                Map<String, Object> content = Json.parse(new String(found.get(), StandardCharsets.UTF_8));
                @SuppressWarnings("unchecked") // a JSON object has texts as its keys
                Map<String, Object> metrics = (Map<String, Object>) content.get("metrics");
                return Optional.of(new Inspection(
                        content.get("model").toString(),
                        metrics,
                        content.get("text").toString()));
            } catch (DataException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                LOG.debug("{} has no description that can be read", directory, e);
                return Optional.empty(); // reading the model reports the reason
            }
        }

        /** Returns the directory of the model at a path of a configuration. */
        static Optional<Path> directory(Configuration hadoop, String path) {
            try {
                return Optional.of(SavedModels.directory(hadoop, path));
            } catch (IOException | RuntimeException e) {
                return Optional.empty(); // reading the model reports the reason
            }
        }
    }
}
