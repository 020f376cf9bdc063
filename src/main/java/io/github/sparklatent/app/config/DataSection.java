package io.github.sparklatent.app.config;

import io.github.sparklatent.cluster.encoding.ColumnSetting;
import io.github.sparklatent.cluster.table.Invalid;
import io.github.sparklatent.cluster.table.Placement;
import io.github.sparklatent.cluster.table.Scale;
import io.github.sparklatent.cluster.table.TextFormat;
import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.config.GroupKeys;
import io.github.sparklatent.config.HoldoutSection;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.TextKeys;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of the rows: paths, meaning of the columns, and preparation before training.
 *
 * @param paths paths of the table; empty if the job reads no rows, or a table of the catalog
 * @param table table or view of Spark's catalog; absent: the rows are at the paths
 * @param labels label files: one for each path, or none
 * @param features names or globs; empty: chosen from the rows, without label, weight and id
 * @param groupBy columns whose values have a model each; empty: one model of all rows
 * @param placed directory that keeps placed rows; empty: they are not kept
 * @param header csv: whether the first line has the column names
 * @param separator csv: text between two values
 * @param schema csv and json: columns and types as in SQL; empty: csv has texts, json is inferred
 * @param columns types of some columns
 * @param names csv: names of all columns; empty: those of the header, or of Spark
 * @param text format of numbers and missing values in texts
 * @param multiline csv: whether quoted texts have line breaks
 */
public record DataSection(
        List<String> paths,
        Optional<String> table,
        List<String> labels,
        DataFormat format,
        List<String> features,
        Optional<String> label,
        Optional<String> weight,
        Optional<String> id,
        List<String> groupBy,
        Placement placement,
        Optional<String> placed,
        boolean header,
        String separator,
        Optional<String> schema,
        Map<String, ColumnSetting> columns,
        List<String> names,
        TextFormat text,
        boolean multiline,
        Scale scale,
        Invalid invalid,
        HoldoutSection holdout) {

    public DataSection {
        paths = List.copyOf(paths);
        labels = List.copyOf(labels);
        features = List.copyOf(features);
        groupBy = List.copyOf(groupBy);
        columns = Map.copyOf(columns);
        names = List.copyOf(names);
        CommonKeys.DATA_TABLE.require(table);
        CommonKeys.LABEL.require(label);
        CommonKeys.WEIGHT.require(weight);
        CommonKeys.ID.require(id);
        CommonKeys.PLACED.require(placed);
        CommonKeys.SEPARATOR.require(separator);
    }

    /** The name of the column with the class of an image. */
    public static final String IMAGE_LABEL = "label";

    /** Returns the label column. Images have their own label column, which is used by default. */
    private static Optional<String> label(Settings settings) {
        DataFormat format = settings.get(CommonKeys.DATA_FORMAT);
        boolean labelled =
                format == DataFormat.IMAGE || settings.find(CommonKeys.LABELS).isPresent();
        return settings.find(CommonKeys.LABEL)
                .or(() -> labelled ? Optional.of(IMAGE_LABEL) : Optional.empty());
    }

    static DataSection of(Settings settings) {
        return new DataSection(
                settings.find(CommonKeys.DATA_PATH).orElse(List.of()),
                settings.find(CommonKeys.DATA_TABLE),
                settings.find(CommonKeys.LABELS).orElse(List.of()),
                settings.get(CommonKeys.DATA_FORMAT),
                settings.find(CommonKeys.FEATURES).orElse(List.of()),
                label(settings),
                settings.find(CommonKeys.WEIGHT),
                settings.find(CommonKeys.ID),
                settings.find(GroupKeys.GROUP_BY).orElse(List.of()),
                settings.get(CommonKeys.PLACEMENT),
                settings.find(CommonKeys.PLACED),
                settings.get(CommonKeys.HEADER),
                settings.get(CommonKeys.SEPARATOR),
                settings.find(CommonKeys.SCHEMA),
                settings.find(CommonKeys.COLUMNS).orElse(Map.of()),
                settings.find(TextKeys.NAMES).orElse(List.of()),
                new TextFormat(
                        settings.get(TextKeys.MISSING), settings.get(TextKeys.DECIMAL).charAt(0)),
                settings.get(TextKeys.MULTILINE),
                settings.get(CommonKeys.SCALE),
                settings.get(CommonKeys.INVALID),
                HoldoutSection.of(settings));
    }

    /** Returns the name of the table for messages: its key and value. */
    public String name() {
        return table.map(name -> CommonKeys.DATA_TABLE.path() + " \"" + name + "\"")
                .orElseGet(() -> named(CommonKeys.DATA_PATH.path(), paths));
    }

    /** Returns the name of the table of held-out rows for messages. */
    public String holdoutName() {
        return named(CommonKeys.HOLDOUT_PATH.path(), holdout.paths());
    }

    private static String named(String key, List<String> paths) {
        return key + " \"" + String.join("\", \"", paths) + "\"";
    }

    /** Returns whether all columns are read as texts: a CSV file says nothing about types. */
    public boolean isText() {
        return table.isEmpty() && format == DataFormat.CSV && schema.isEmpty();
    }

    /**
     * Returns Spark's options of CSV files, which are read and written alike. A quote in a quoted
     * text is doubled (RFC 4180), as spreadsheets and pandas do; Spark's own default is a
     * backslash.
     */
    public Map<String, String> csv() {
        return Map.of("header", String.valueOf(header), "sep", separator, "escape", "\"");
    }
}
