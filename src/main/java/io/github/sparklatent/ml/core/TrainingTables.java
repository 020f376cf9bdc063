package io.github.sparklatent.ml.core;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.SmallTable;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.RowRecord;
import io.github.sparklatent.cluster.table.TableColumns;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.cluster.table.TableRows;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.config.Redaction;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.ml.columns.SchemaColumns;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * The tables of a training before their rows are read.
 *
 * @param table table of the training rows, and of the rows of the gate of the options
 * @param holdout a separate held-out table; empty if there is none
 * @param columns names of the feature columns
 * @param options options for reading the training table: label, weight, key, held-out fraction
 * @param name name of the training table in messages; empty if messages need no name
 * @param holdoutName name of the held-out table in messages
 * @param notes warnings about the table that are known before its rows are read
 * @param holdoutRows counts the rows of the held-out table once
 */
public record TrainingTables(
        Dataset<Row> table,
        Optional<Dataset<Row>> holdout,
        FeatureColumns columns,
        TableOptions options,
        String name,
        String holdoutName,
        List<String> notes,
        Supplier<Long> holdoutRows) {

    /** Creates the tables of a training. */
    public TrainingTables(
            Dataset<Row> table,
            Optional<Dataset<Row>> holdout,
            FeatureColumns columns,
            TableOptions options,
            String name,
            String holdoutName,
            List<String> notes) {
        this(table, holdout, columns, options, name, holdoutName, notes, counted(holdout));
    }

    /** Returns a table without one of held-out rows. */
    public static TrainingTables of(Dataset<Row> table, FeatureColumns columns, TableOptions options, String name) {
        return new TrainingTables(table, Optional.empty(), columns, options, name, "", List.of());
    }

    private static Supplier<Long> counted(Optional<Dataset<Row>> holdout) {
        Long[] known = {null};
        return () -> {
            if (known[0] == null) {
                known[0] = holdout.orElseThrow().count();
            }
            return known[0];
        };
    }

    /** Returns the table that an Estimator is fitted to, reduced to features, weight and further columns. */
    public static TrainingTables of(
            LatentEstimator<?, ?> estimator, Settings settings, Dataset<?> dataset, List<String> further) {
        Roles roles = Roles.of(estimator, settings, further);
        TableOptions options = roles.options();
        if (estimator.hasInputCols()) {
            Dataset<Row> whole = SmallTable.of(dataset.toDF(), options.driverBytes());
            Roles.ChosenColumns chosen = roles.encoded(whole, Optional.empty(), rows -> rows);
            return new TrainingTables(whole, Optional.empty(), chosen.columns(), options, "", "", chosen.notes());
        }
        Column[] read = Stream.of(options.features(), Arrays.asList(options.weight(), options.id()), further)
                .flatMap(List::stream)
                .filter(Objects::nonNull)
                .map(name -> SchemaColumns.named(dataset.schema(), "features", name)) // which the Estimator has checked
                .toArray(Column[]::new);
        Dataset<Row> table = SmallTable.of(dataset.select(read), options.driverBytes());
        FeatureColumns features = FeatureColumns.resolve(table.schema(), options.features(), Set.of());
        return of(table, features, options, "");
    }

    /** Returns a copy whose training rows have been read and are kept. */
    TrainingTables withKept(Supplier<Dataset<RowRecord>> kept) {
        return with(table, columns, options.withKept(kept));
    }

    private TrainingTables with(Dataset<Row> other, FeatureColumns used, TableOptions reading) {
        return new TrainingTables(other, holdout, used, reading, name, holdoutName, notes, holdoutRows);
    }

    /** Returns the feature columns of the held-out table. */
    public FeatureColumns holdoutColumns() {
        return columns.in(holdout.orElseThrow().schema());
    }

    /** Returns the options for loading the separate held-out table. */
    public TableOptions ofHoldout() {
        return options.whole().withUnread(0);
    }

    /** Returns all warnings about the table, without credentials. */
    public List<String> warnings(TableFacts facts) {
        return Stream.concat(facts.warnings().stream(), notes.stream())
                .map(Redaction::of)
                .toList();
    }

    /** Returns a column name similar to the wish that does not exist in the table. */
    public String unused(String wish) {
        return SchemaColumns.unused(table.schema(), wish);
    }

    /**
     * Loads the training table into blocks of doubles.
     *
     * @param scaling scaling of an initial model; null to learn a scaling from the table
     * @param statistics returns the number of doubles that a partition sends to the driver in a round, for a given
     *     number of columns; 0 if it is small
     */
    public BlockTable blocks(Scaling scaling, IntToDoubleFunction statistics) {
        return reading(() -> BlockTable.of(table, columns, scaling, options, statistics));
    }

    /** Loads the separate held-out table into blocks; returns null if there is none. */
    public BlockTable holdoutBlocks(Scaling scaling) {
        return holdout.map(rows -> readingHoldout(() -> BlockTable.of(rows, holdoutColumns(), scaling, ofHoldout())))
                .orElse(null);
    }

    /** Returns the training rows and those that are held out by their hash, with all their columns. */
    public Dataset<Row> rows() {
        return table.where(isTrained(TableRows.hash(table.schema(), columns, options)));
    }

    /** Returns whether a row with this hash is not one of the gate. */
    public Column isTrained(Column hash) {
        return options.gate() == null
                ? lit(true)
                : not(TableRows.inGate(hash, options.gate().fraction()));
    }

    /**
     * Returns the held-out rows of a training or the others, with all their columns.
     *
     * @param share expected share of these rows that are returned, or at least 1; which ones follows from their keys or
     *     content
     * @param apart columns that copies of a row share besides the features
     */
    public Dataset<Row> rows(boolean heldOut, double share, TableFacts facts, Column... apart) {
        String role = unused("latent_heldOut");
        if (heldOut && holdout.isPresent()) {
            return sample(holdout.get(), holdoutColumns(), options.whole(), facts, role, share, share, apart)
                    .drop(role);
        }
        return sample(rows(), columns, options, facts, role, heldOut ? 0 : share, heldOut ? share : 0, apart)
                .where(col(role).equalTo(heldOut))
                .drop(role);
    }

    /**
     * Returns rows of the training table with a column that says which ones are held out.
     *
     * @param role name of this column
     * @param most expected number of rows of either kind that are returned at most
     */
    Dataset<Row> rows(String role, double most, TableFacts facts, Column... apart) {
        return sample(rows(), columns, options, facts, role, most / facts.rows(), most / facts.holdoutRows(), apart);
    }

    private static Dataset<Row> sample(
            Dataset<Row> from,
            FeatureColumns columns,
            TableOptions options,
            TableFacts facts,
            String role,
            double share,
            double heldOutShare,
            Column... apart) {
        Column weight = TableRows.weight(from.schema(), options);
        Column hash = TableRows.hash(from.schema(), columns, options);
        return TableRows.sample(
                from.where(weight.gt(0)), hash, weight, facts.holdoutRule(), role, share, heldOutShare, apart);
    }

    /**
     * Returns the same tables with the rows that {@link TrainingScores} scores and the columns that are read, to be
     * kept while they are evaluated.
     *
     * @param further columns that the model reads besides the features
     */
    public TrainingTables evaluated(TableFacts facts, List<String> further) {
        StructType schema = table.schema();
        Set<String> read = new HashSet<>();
        Stream.of(columns.columns(), further, Arrays.asList(options.weight(), options.id()))
                .flatMap(List::stream)
                .filter(Objects::nonNull)
                .forEach(name -> {
                    read.add(lower(name));
                    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
                        read.add(lower(name.substring(0, dot)));
                    }
                });
        Column[] kept = Arrays.stream(schema.fields())
                .filter(field -> read.contains(lower(field.name())))
                .map(TableColumns::expression)
                .toArray(Column[]::new);
        Column hash = TableRows.hash(schema, columns, options);
        Dataset<Row> rows = rows().where(facts.holdoutRule()
                        .isSampled(
                                hash,
                                (double) TrainingScores.MOST / facts.rows(),
                                (double) TrainingScores.MOST / facts.holdoutRows()))
                .select(kept);
        return with(rows, columns.in(rows.schema()), options.withGate(null));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Returns the number of held-out rows. Of a table of their own, rows that cannot be used count, too. */
    public long heldOut(TableFacts facts) {
        return holdout.isPresent() ? holdoutRows.get() : facts.holdoutRows();
    }

    /** Returns how rows that cannot be used are handled when the training has left them out. */
    public Invalid usable() {
        return options.invalid() == Invalid.KEEP ? Invalid.KEEP : Invalid.SKIP;
    }

    /** Reads the training table; error messages begin with its name. */
    public <T> T reading(Supplier<T> reading) {
        return SchemaColumns.naming(name, reading);
    }

    /** Reads the held-out table; error messages begin with its name. */
    public <T> T readingHoldout(Supplier<T> reading) {
        return SchemaColumns.naming(holdoutName, reading);
    }
}
