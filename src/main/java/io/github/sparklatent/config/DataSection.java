package io.github.sparklatent.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.github.sparklatent.columns.ColumnSetting;
import io.github.sparklatent.columns.ColumnType;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.TextFormat;
import io.github.sparklatent.config.value.Found;
import io.github.sparklatent.config.value.Hocon;
import io.github.sparklatent.config.value.MisfitException;
import io.github.sparklatent.config.value.ValueType;
import io.github.sparklatent.config.value.ValueTypes;
import io.github.sparklatent.settings.Setting;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The settings of the rows: paths, meaning of the columns, and preparation before training. */
public record DataSection(
        @Setting(
                key = "data.path",
                meaning = "table to read, or several",
                absent = "only sample and inspect can run",
                noun = "a path")
        List<String> paths,

        @Setting(
                key = "data.table",
                meaning = "table or view of Spark's catalog to read, instead of data.path",
                absent = "data.path names the rows",
                noun = "a name of a table")
        Optional<String> table,

        @Setting(
                key = "data.format",
                meaning = "format of the table",
                advice = {
                    "jdbc, iceberg, hive: name the table in data.table, and give the settings of its catalog after --"
                })
        DataFormat format,

        @Setting(
                key = "data.features",
                meaning = "columns to model, * is all without another role; a field b of a struct a is a.b",
                absent = "chosen from the rows: see data.columns; of an Estimator: featuresCol",
                noun = "a column name or a glob",
                param = "inputCols")
        List<String> features,

        @Setting(
                key = "data.columns",
                meaning = "types of columns: number, count, log, quantile, category, boolean, date, timestamp, ignore",
                absent = "types are chosen from the rows",
                type = ColumnSettings.class,
                param = "columnTypes")
        Map<String, ColumnSetting> columns,

        @Setting(
                key = "data.label",
                meaning = "class column, for evaluation only; tables of images have the column label",
                absent = "no measures by label",
                noun = "a column name",
                param = "labelCol")
        Optional<String> label,

        @Setting(
                key = "data.labels",
                meaning = "idx: label file of each image file",
                absent = "no measures by label",
                noun = "a path")
        List<String> labels,

        @Setting(
                key = "data.weight",
                meaning = "column of row weights: a row of weight w counts as w rows",
                absent = "every row has weight 1",
                noun = "a column name",
                param = "weightCol")
        Optional<String> weight,

        @Setting(
                key = "data.id",
                meaning = "key column, whose hash determines placement and held-out rows",
                absent = "the modelled columns are the key",
                noun = "a column name",
                param = "idCol")
        Optional<String> id,

        @Setting(key = "data.header", meaning = "csv: whether the first line names the columns")
        boolean header,

        @Setting(key = "data.separator", meaning = "csv: separator of values")
        String separator,

        @Setting(
                key = "data.schema",
                meaning = "csv and json: columns and their types, e.g. \"id bigint, x double\"",
                absent = "csv: texts, read as data.columns says; json: types are inferred",
                noun = "columns and types as in SQL")
        Optional<String> schema,

        @Setting(
                key = "data.missing",
                meaning = "texts that stand for a missing value, without white space around them",
                type = AnyTexts.class)
        List<String> missing,

        @Setting(
                key = "data.decimal",
                meaning = "character before the decimals of numbers in texts",
                values = {".", ","})
        String decimal,

        @Setting(
                key = "data.options",
                meaning = "options of Spark's reader of the format, e.g. { encoding = windows-1252, multiLine = true }",
                absent = "Spark's own values")
        Map<String, String> options,

        @Setting(
                key = "data.scale",
                meaning =
                        "scaling of data.features, learnt on the training rows; quantile: ranks in the table; both: values and ranks",
                param = "scale")
        Scale scale,

        @Setting(
                key = "data.invalid",
                meaning =
                        "rows with NaN, infinity or null: end the job, leave out, keep (mixtures, ppca, factor-analysis, vae, mog-vae)",
                param = "handleInvalid")
        Invalid invalid,

        @Setting(
                key = "data.maxMissing",
                meaning = "score, evaluate: largest share of missing values in a column; above it exit code 3",
                range = ">= 0 and < 1",
                absent = "no limit")
        Optional<Double> maxMissing,

        @Setting(
                key = "data.groupBy",
                meaning = "columns whose values have a model each: texts, whole numbers, booleans or dates",
                absent = "one model of all rows",
                noun = "a column name",
                offered = true)
        List<String> groupBy,

        @Setting(
                key = "data.groupRows",
                meaning =
                        "training rows that a group needs for a model of its own; a smaller group has the model of all rows",
                range = ">= 1",
                absent = "10 for each feature and component",
                offered = true)
        Optional<Integer> groupRows,

        HoldoutSection holdout) {
    /** The default settings. */
    public static final DataSection DEFAULT = new DataSection(
            List.of(),
            Optional.empty(),
            DataFormat.PARQUET,
            List.of(),
            Map.of(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            true,
            ",",
            Optional.empty(),
            TextFormat.DEFAULT.missing(),
            String.valueOf(TextFormat.DEFAULT.decimal()),
            Map.of(),
            Scale.NONE,
            Invalid.ERROR,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            HoldoutSection.DEFAULT);

    /** The name of the column with the class of an image. */
    public static final String IMAGE_LABEL = "label";

    /**
     * A section of types of columns by name, at least one: {@code { zip = category, note = ignore, town = { type =
     * category, categories = 500 } }}.
     */
    public record ColumnSettings() implements ValueType<Map<String, ColumnSetting>> {
        private static final String TYPE = "type";
        private static final String CATEGORIES = "categories";
        private static final ValueType<ColumnType> TYPES = ValueTypes.oneOf(Arrays.stream(ColumnType.values())
                .filter(type -> type != ColumnType.ARRAY && type != ColumnType.BOTH) // of data.scale alone
                .toList());
        private static final ValueType<Integer> NUMBER = ValueTypes.integer(2, 4096);

        @Override
        public String allowed() {
            return "a section of types by column: { zip = category, price = log, note = ignore }";
        }

        @Override
        public Map<String, ColumnSetting> read(ConfigValue value) {
            if (!(value instanceof ConfigObject section)) {
                throw MisfitException.of(Found.show(value), allowed());
            }
            Map<String, ColumnSetting> settings = new LinkedHashMap<>();
            // The section has no order of its own.
            new TreeMap<>(section).forEach((name, found) -> settings.put(name, of(name, found)));
            return check(settings);
        }

        private static ColumnSetting of(String name, ConfigValue value) {
            try {
                if (!(value instanceof ConfigObject section)) {
                    return ColumnSetting.of(TYPES.read(value));
                }
                if (!section.containsKey(TYPE) || !Set.of(TYPE, CATEGORIES).containsAll(section.keySet())) {
                    throw new MisfitException(
                            "is a section with %s, must be a type or { type = category, categories = 500 }; a name with dots needs quotes"
                                    .formatted(List.copyOf(new TreeMap<>(section).keySet())));
                }
                ColumnType type = TYPES.read(section.get(TYPE));
                return section.containsKey(CATEGORIES)
                        ? new ColumnSetting(type, NUMBER.read(section.get(CATEGORIES)))
                        : ColumnSetting.of(type);
            } catch (MisfitException e) {
                throw new MisfitException("has %s, which %s".formatted(Hocon.text(name), e.getMessage()));
            }
        }

        @Override
        public Map<String, ColumnSetting> check(Map<String, ColumnSetting> values) {
            if (values.isEmpty()) {
                throw MisfitException.of("an empty section", allowed());
            }
            return values;
        }

        @Override
        public Object plain(Map<String, ColumnSetting> values) {
            return values.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, entry -> plain(entry.getValue()), (a, b) -> a, LinkedHashMap::new));
        }

        private static Object plain(ColumnSetting setting) {
            String type = setting.type().toString();
            return setting.categories() == ColumnSetting.CATEGORIES
                    ? type
                    : new TreeMap<>(Map.of(TYPE, type, CATEGORIES, setting.categories()));
        }
    }

    /** A list of any texts. The list and the texts may be empty. */
    public record AnyTexts() implements ValueType<List<String>> {

        @Override
        public String allowed() {
            return "a text, or a list of texts";
        }

        @Override
        public List<String> read(ConfigValue value) {
            return Found.isList(value)
                    ? ((ConfigList) value)
                            .stream()
                                    .map(element -> Found.scalar(element, "a text"))
                                    .toList()
                    : List.of(Found.scalar(value, allowed()));
        }

        @Override
        public List<String> check(List<String> values) {
            return List.copyOf(values);
        }
    }

    public DataSection {
        paths = List.copyOf(paths);
        labels = List.copyOf(labels);
        features = List.copyOf(features);
        groupBy = List.copyOf(groupBy);
        columns = Map.copyOf(columns);
        options = Map.copyOf(options);
        missing = List.copyOf(missing);
        boolean labelled = !labels.isEmpty();
        label = label.or(() -> labelled ? Optional.of(IMAGE_LABEL) : Optional.empty());
    }

    /** Returns the format of numbers and missing values in texts. */
    public TextFormat text() {
        return new TextFormat(missing, decimal.charAt(0));
    }

    /** Returns the name of the table for messages: its key and value. */
    public String name() {
        return table.map(name -> "data.table \"" + name + "\"").orElseGet(() -> named("data.path", paths));
    }

    /** Returns the name of the table of held-out rows for messages. */
    public String holdoutName() {
        return named("data.holdout.path", holdout.paths());
    }

    private static String named(String key, List<String> paths) {
        return key + " \"" + String.join("\", \"", paths) + "\"";
    }

    /** Returns whether all columns are read as texts: a CSV file says nothing about types. */
    public boolean isText() {
        return table.isEmpty() && format == DataFormat.CSV && schema.isEmpty();
    }

    /**
     * Returns Spark's options to read and to write files. A quote in a quoted text of a CSV file is doubled (RFC 4180),
     * as spreadsheets and pandas do; Spark's own default is a backslash.
     *
     * @param files format of the files; {@link #options} are those of the table that is read
     */
    public Map<String, String> options(DataFormat files) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (files == DataFormat.CSV) {
            all.putAll(Map.of("header", String.valueOf(header), "sep", separator, "escape", "\""));
        }
        if (files == format) {
            all.putAll(options);
        }
        return all;
    }
}
