package io.github.sparklatent.app;

import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.config.Preset;
import io.github.sparklatent.app.files.SavedResult;
import io.github.sparklatent.app.recognition.RecognisedTable;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.Families;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * The results of the trainings of a table without a configuration: {@code out/NAME-ENDING}. The ending is the name of
 * the preset, or else the type of the model.
 */
record TableResults(JobRequest request, Configuration hadoop) {
    /** Folder of results if none is named. */
    static final String FOLDER = "out";

    /** Returns the path of results without their ending. */
    String path() {
        return FOLDER + "/" + RecognisedTable.name(request.table());
    }

    /** Returns the path of a result. */
    String path(String ending) {
        return path() + "-" + ending;
    }

    /** Returns the ending of a result; empty if it is not one of the table. */
    Optional<String> ending(String path) {
        return request.table() != null && path.startsWith(path(""))
                ? Optional.of(path.substring(path("").length()))
                : Optional.empty();
    }

    /** Returns whether the table has one result at most, so that no option needs to name it. */
    boolean isOne() {
        return request.table() == null || existing(endings()).size() <= 1;
    }

    /**
     * Returns the result that a job reads.
     *
     * @param type type of model, if it is set
     * @throws DataException if there is none
     * @throws UsageException if there are several
     */
    SavedResult of(Job job, Optional<String> type) {
        List<String> endings = request.preset() != null
                ? List.of(request.preset())
                : type.map(List::of).orElseGet(TableResults::endings);
        List<SavedResult> existing = existing(endings);
        if (existing.isEmpty()) {
            throw new DataException(missing(endings));
        }
        if (existing.size() > 1) {
            throw new UsageException("there are several models of %s; type one of these:\n%s"
                    .formatted(
                            request.table(),
                            existing.stream()
                                    .map(result -> "  " + naming(job, result))
                                    .collect(Collectors.joining("\n"))));
        }
        return existing.get(0);
    }

    private List<SavedResult> existing(List<String> endings) {
        return endings.stream()
                .flatMap(ending -> SavedResult.at(hadoop, path(ending)).stream())
                .toList();
    }

    private static List<String> endings() {
        return Stream.concat(Families.types().all().stream().map(ModelType::type), Preset.names().stream())
                .toList();
    }

    private String missing(List<String> endings) {
        String expected = endings.size() == 1 ? path(endings.get(0)) : path("mixture");
        List<String> others = SavedResult.in(hadoop, FOLDER);
        return "there is no model of %s, expected the result %s%s; train one: %s%s"
                .formatted(
                        request.table(),
                        expected,
                        endings.size() == 1 ? "" : " or the like",
                        request.command("train"),
                        others.isEmpty()
                                ? ""
                                : "; or name the model of another table, for example --model " + others.get(0));
    }

    /** Returns the command with the option that names a result. */
    private String naming(Job job, SavedResult result) {
        String ending = ending(result.path()).orElseThrow();
        return Preset.names().contains(ending)
                ? request.command(job.toString(), "--preset", ending)
                : request.command(job.toString(), "--set", "model.type=" + ending);
    }
}
