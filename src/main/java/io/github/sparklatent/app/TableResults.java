package io.github.sparklatent.app;

import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.config.Preset;
import io.github.sparklatent.app.files.SavedResult;
import io.github.sparklatent.app.recognition.RecognisedTable;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.Families;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * The results of the trainings of a table without a configuration: {@code out/NAME-ENDING}. The ending is the name of
 * the preset, or the type of the model where that was set.
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

    /**
     * Returns the results that a job can read, the newest first; at least one.
     *
     * @param type type of model, if it is set
     * @throws DataException if there is none
     */
    List<SavedResult> newestFirst(Job job, Optional<String> type) {
        List<String> endings = request.preset() != null
                ? List.of(Preset.of(request.preset(), OptionalInt.empty()).name())
                : endings();
        List<SavedResult> found = endings.stream()
                .flatMap(ending -> SavedResult.at(hadoop, path(ending)).stream())
                .filter(result -> type.isEmpty() || result.type().equals(type))
                .sorted(Comparator.comparing(SavedResult::time).reversed())
                .toList();
        if (found.isEmpty()) {
            throw new DataException(missing(job, endings));
        }
        return found;
    }

    private static List<String> endings() {
        return Stream.concat(Families.types().all().stream().map(ModelType::type), Preset.names().stream())
                .toList();
    }

    private String missing(Job job, List<String> endings) {
        String expected = endings.size() == 1 ? path(endings.get(0)) : path(Preset.DEFAULT);
        List<String> others = SavedResult.in(hadoop, FOLDER);
        return "%s, expected the result %s%s; train one: %s%s"
                .formatted(
                        job.readsData()
                                ? "there is no model of " + request.table()
                                : request.table() + " is neither a result nor a table with one",
                        expected,
                        endings.size() == 1 ? "" : " or the like",
                        request.command("train"),
                        others.isEmpty() ? "" : "; or name another result, for example " + others.get(0));
    }
}
