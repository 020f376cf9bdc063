package io.github.sparklatent.app;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueFactory;
import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.config.Preset;
import io.github.sparklatent.app.files.SavedResult;
import io.github.sparklatent.app.recognition.RecognisedTable;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.Sibling;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.Families;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * Completes the configuration of a job by its table and its preset.
 *
 * <p>A key has the value of the first of these that sets it: {@code --set}, the table as far as its place goes, the
 * configuration file, the preset, what was recognised in the table, and the default of the key. Without a file and a
 * preset, the settings are those of the preset {@code groups}, for images those of {@code images}. The result is in
 * {@code out}; a job that reads a model finds it there by the name of the table.
 */
final class CompletedConfiguration {

    private static final String IMAGES = "images";

    private final JobRequest request;
    private final Job job;
    private final Configuration hadoop;
    private final Consumer<String> say;
    private final Optional<RecognisedTable> recognised;
    private final TableResults results;

    /** Keys and values that the person typed, with the place of the table. */
    private final Config typed;

    /** Looks at the table; {@code say} receives sentences about what was recognised and chosen. */
    CompletedConfiguration(JobRequest request, Job job, Configuration hadoop, Consumer<String> say) {
        this.request = request;
        this.job = job;
        this.hadoop = hadoop;
        this.say = say;
        this.results = new TableResults(request, hadoop);
        this.recognised = request.table() == null || !job.readsData() ? Optional.empty() : recognise();
        this.typed = request.typed(
                layer(recognised.map(RecognisedTable::place).orElse(Map.of()), String.valueOf(request.table())));
    }

    private Optional<RecognisedTable> recognise() {
        Config given = request.typed(ConfigFactory.empty());
        Optional<DataFormat> format = text(given, "data.format")
                .flatMap(
                        name -> // the reader of the settings reports another name
                        Arrays.stream(DataFormat.values())
                                .filter(f -> f.toString().equals(name))
                                .findFirst());
        RecognisedTable found = RecognisedTable.of(
                hadoop, request.table(), format, text(given, "data.separator").filter(s -> !s.isEmpty()));
        say.accept(found.sentence());
        return Optional.of(found);
    }

    /** Returns the configuration of the job. */
    JobConfiguration load(boolean showsPreset) {
        Optional<SavedResult> saved = job.readsModel() ? saved() : Optional.empty();
        Optional<String> savedType = saved.flatMap(SavedResult::type);
        Optional<String> type = text(typed, "model.type").or(() -> savedType);
        Optional<Preset> preset = preset(saved, type);
        Map<String, Object> rest = new LinkedHashMap<>();
        savedType.ifPresent(value -> rest.put("model.type", value));
        saved.filter(result -> job.readsData())
                .flatMap(SavedResult::invalid)
                .filter(Invalid.KEEP.toString()::equals) // one missing cell does not end a job
                .ifPresent(value -> rest.put("data.invalid", value));
        Config all = typed.withFallback(layer(rest, saved.map(SavedResult::path).orElse("")));
        String origin = (request.preset() == null ? "default, as in preset " : "preset ");
        all = all.withFallback(preset.map(p -> layer(p, origin)).orElse(ConfigFactory.empty()));
        if (showsPreset || job == Job.TRAIN) {
            preset.ifPresent(p -> describe(p, showsPreset));
        }
        all = all.withFallback(layer(
                recognised.map(RecognisedTable::settings).orElse(Map.of()), RecognisedTable.ORIGIN + request.table()));
        boolean isNamed = request.table() != null || request.model().isPresent() && job.writes();
        if (isNamed && !typed.hasPath("output.path")) {
            all = all.withFallback(layer(output(all, saved, preset), "default for " + request.source()));
        }
        return JobConfiguration.load(all, request.source(), job, Families.types());
    }

    private void describe(Preset preset, boolean withSettings) {
        say.accept(
                request.preset() == null
                        ? "The model is a %s, because %s. --preset chooses another task: %s."
                                .formatted(preset.type(), preset.why(), String.join(", ", Preset.names()))
                        : "Preset %s %s; %s.".formatted(preset.name(), preset.task(), preset.why()));
        if (withSettings) {
            preset.text().lines().forEach(say);
        }
    }

    private Config layer(Preset preset, String origin) {
        Config layer = preset.layer(origin + preset.name());
        return typed.hasPath("data.groupBy") // models of groups do not explain rows
                ? layer.withoutPath("score.columns")
                : layer;
    }

    /** Returns the preset that is named, that made the saved result, or that suits the table. */
    private Optional<Preset> preset(Optional<SavedResult> saved, Optional<String> type) {
        OptionalInt numbers = numbers();
        if (request.preset() != null) {
            Preset preset = Preset.of(request.preset(), numbers, type);
            Preset own = type.map(t -> preset.forType(t, Families.types())).orElse(preset);
            if (own != preset && job == Job.TRAIN) {
                say.accept("The settings of preset %s for its model %s are not used, because model.type is %s."
                        .formatted(preset.name(), preset.type(), type.orElseThrow()));
            }
            return Optional.of(own);
        }
        if (!request.isOpen() || request.table() == null) {
            return Optional.empty();
        }
        String result = saved.map(SavedResult::path).orElse("").replaceAll("(/model)?/*$", "");
        String name = Preset.names().stream()
                .filter(one -> result.endsWith("-" + one))
                .findFirst()
                .orElse(recognised.filter(RecognisedTable::isImages).isPresent() ? IMAGES : Preset.DEFAULT);
        Preset preset = Preset.of(name, numbers, type);
        return Optional.of(preset).filter(p -> type.isEmpty() || type.get().equals(p.type()));
    }

    /** Returns the number of columns to model if all of them are known to be numbers, as Python counts them. */
    private OptionalInt numbers() {
        Map<String, Object> types =
                typed.hasPath("data.columns") && typed.getValue("data.columns") instanceof ConfigObject columns
                        ? columns.unwrapped()
                        : Map.of(); // the reader of the settings reports another value
        Set<String> apart = new TreeSet<>(String.CASE_INSENSITIVE_ORDER); // which are not modelled
        Stream.of("data.id", "data.label", "data.weight")
                .flatMap(key -> text(typed, key).stream())
                .forEach(apart::add);
        types.keySet().stream().filter(name -> types.get(name).equals("ignore")).forEach(apart::add);
        return recognised.stream()
                .filter(table -> Set.of("number", "count", "ignore").containsAll(types.values()))
                .flatMapToInt(table -> table.numbers().stream())
                .map(all -> all - apart.size())
                .findFirst();
    }

    /** Returns where the result goes, which replaces an earlier one of the same command. */
    private Map<String, Object> output(Config all, Optional<SavedResult> saved, Optional<Preset> preset) {
        String path = request.table() == null
                ? Sibling.of(request.model().orElseThrow(), job.suffix())
                : typed.hasPath("model.path")
                        ? results.path() + job.suffix()
                        : saved.map(SavedResult::path)
                                .orElseGet(() -> results.path(preset.map(Preset::name)
                                        .orElseGet(() -> text(all, "model.type")
                                                .orElse(Families.types().first().type()))));
        if (job == Job.TRAIN && !typed.hasPath("output.overwrite") && !typed.hasPath("registry.runId")) {
            requireOwn(path);
        }
        Map<String, Object> output = new LinkedHashMap<>();
        output.put("output.path", path);
        output.put("output.overwrite", true);
        if (job == Job.SAMPLE && request.table() != null && RecognisedTable.isCsv(request.table())) {
            output.put("output.format", DataFormat.CSV.toString());
        }
        return output;
    }

    /** Requires that a result that would be replaced is that of the same table. */
    private void requireOwn(String path) {
        List<String> tables = typed.hasPath("data.path") ? paths(typed) : List.of(request.table());
        SavedResult.at(hadoop, path)
                .filter(result -> !result.isOf(hadoop, tables))
                .ifPresent(result -> {
                    throw new UsageException(
                            "%s is the result of another table, %s; to keep it, name another directory: --set output.path=%s/NAME; to replace it: --set output.overwrite=true"
                                    .formatted(path, String.join(", ", result.table()), TableResults.FOLDER));
                });
    }

    private static List<String> paths(Config config) {
        Object value = config.getValue("data.path").unwrapped();
        return value instanceof List<?> list
                ? list.stream().map(Object::toString).toList()
                : List.of(value.toString());
    }

    /** Returns the result whose model the job reads, as far as it is known here. */
    private Optional<SavedResult> saved() {
        Optional<String> path = text(typed, "model.path")
                .or(() -> typed.hasPath("registry.path") ? Optional.empty() : text(typed, "output.path"));
        if (path.isPresent()) {
            return SavedResult.at(hadoop, path.get());
        }
        return request.table() == null || typed.hasPath("registry.path") ? Optional.empty() : Optional.of(found());
    }

    private SavedResult found() {
        List<SavedResult> newestFirst = results.newestFirst(job, text(typed, "model.type"));
        SavedResult result = newestFirst.get(0);
        int count = newestFirst.size();

        say.accept("The model is %s%s%s."
                .formatted(
                        result.path(),
                        result.table().isEmpty() ? "" : ", trained on " + String.join(", ", result.table()),
                        count > 1 ? ", the newest of %d results".formatted(count) : ""));
        return result;
    }

    private static Optional<String> text(Config config, String path) {
        return config.hasPath(path)
                ? Optional.of(config.getValue(path).unwrapped().toString())
                : Optional.empty();
    }

    private static Config layer(Map<String, Object> values, String origin) {
        Config layer = ConfigFactory.empty();
        for (Map.Entry<String, Object> value : values.entrySet()) {
            layer = layer.withValue(value.getKey(), ConfigValueFactory.fromAnyRef(value.getValue(), origin));
        }
        return layer;
    }

    /**
     * The results of the trainings of a table without a configuration: {@code out/NAME-ENDING}. The ending is the name
     * of the preset, or the type of the model where that was set.
     */
    private record TableResults(JobRequest request, Configuration hadoop) {
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
}
