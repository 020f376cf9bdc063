package io.github.sparklatent.app;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.ml.Families;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A job as a person typed it.
 *
 * @param table table, or null
 * @param preset name of a preset, or null
 * @param file configuration, or null
 * @param text text instead of a configuration, or null
 * @param model result of a training that the command line names; among the overrides, too
 * @param overrides {@code key=value} each
 */
record JobRequest(String table, String preset, Path file, String text, Optional<String> model, List<String> overrides) {
    /** The script that has started this process. */
    private static final String SCRIPT =
            Optional.ofNullable(System.getenv("LATENT_COMMAND")).orElse("jobs/latent");

    /** Overrides that matter to a training only. */
    private static final Pattern OF_TRAINING = Pattern.compile("\\s*(train\\.|model\\.(?!type\\b)).*");

    private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

    JobRequest {
        overrides = List.copyOf(overrides);
    }

    /** Returns whether a table, a preset or a saved model completes the configuration. */
    boolean isCompleted() {
        return table != null || preset != null || model.isPresent();
    }

    /**
     * Returns what was typed as a configuration.
     *
     * @param place keys of the table's place, over which only {@code --set} wins
     */
    Config typed(Config place) {
        return JobConfiguration.typed(file, text, overrides, place);
    }

    /** Returns the place that messages about missing keys name. */
    String source() {
        return file != null ? file.toString() : text != null ? "--config-text" : table != null ? table : "--set";
    }

    /** Returns the configuration from the file, the text and the overrides alone. */
    JobConfiguration load(Job job) {
        return JobConfiguration.load(typed(ConfigFactory.empty()), source(), job, Families.types());
    }

    /** Returns whether nothing but the overrides and the table says which model to train. */
    boolean isOpen() {
        return file == null && text == null && preset == null;
    }

    /** Returns a command for the same table and preset, as it is typed in a shell. */
    String command(String name) {
        List<String> words = new ArrayList<>(List.of(SCRIPT, name));
        if (table != null) {
            words.add(table);
        }
        if (file != null) {
            words.addAll(List.of("--config", file.toString()));
        }
        if (preset != null) {
            words.addAll(List.of("--preset", preset));
        }
        for (String override : overrides) {
            if (!OF_TRAINING.matcher(override).matches()) {
                words.addAll(List.of("--set", override));
            }
        }

        return String.join(" ", words.stream().map(JobRequest::quoted).toList());
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** Returns the last lines of a training of a table: where to look, and what to type. */
    List<String> next(JobConfiguration trained, String report) {
        if (!isCompleted() || text != null || trained.registry().isRun()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(trained.output().report() ? List.of("report    " + report) : List.of());
        for (String name : List.of("score", "inspect", "sample")) {
            boolean draws =
                    !trained.type().type().equals("ae") && trained.data().scale() != Scale.BOTH;
            if (!name.equals("sample") || draws) {
                lines.add((name.equals("score") ? "next      " : "          ") + command(name));
            }
        }
        return lines;
    }
}
