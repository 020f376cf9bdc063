package io.github.sparklatent.app;

import io.github.sparklatent.config.JobConfiguration;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.NetworkSettings;
import io.github.sparklatent.config.SampleSection;
import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.cluster.FeatureColumns;
import io.github.sparklatent.cluster.ShardTable;
import io.github.sparklatent.cluster.TableOptions;
import io.github.sparklatent.ml.ComponentModel;
import io.github.sparklatent.ml.FeatureAssembler;
import io.github.sparklatent.ml.GenerativeModel;
import io.github.sparklatent.ml.NetworkColumn;
import io.github.sparklatent.ml.NetworkMeasures;
import io.github.sparklatent.ml.NetworkModel;
import io.github.sparklatent.nn.Likelihood;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A network that was saved.
 *
 * @param network as spark.ml has it
 */
record SavedNetwork(
        String path, ModelType type, NetworkModel<?> network, Optional<FeatureAssembler> assembler)
        implements SavedModel {
    @Override
    public int width() {
        return network.numFeatures();
    }

    @Override
    public Map<String, Object> figures() {
        return NetworkFigures.model(network.network());
    }

    @Override
    public String describe() {
        return NetworkFigures.describe(network.network());
    }

    @Override
    public Scores scores(List<ScoreColumn> asked, boolean flat) {
        return new NetworkScores(this, asked, flat);
    }

    /** 16 hexadecimal digits that follow from the parameters and the scaling. */
    String fingerprint() {
        CRC32C first = new CRC32C();
        CRC32 second = new CRC32();
        float[] parameters = network.network().parameters();
        for (Checksum checksum : List.of(first, second)) {
            ByteBuffer bytes = ByteBuffer.allocate(parameters.length * Float.BYTES);
            bytes.asFloatBuffer().put(parameters);
            checksum.update(bytes.array());
            add(checksum, scaling().shift());
            add(checksum, scaling().factor());
        }
        return "%08x%08x".formatted(first.getValue(), second.getValue());
    }

    private static void add(Checksum checksum, double[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Double.BYTES);
        bytes.asDoubleBuffer().put(numbers);
        checksum.update(bytes.array());
    }

    /** The model that reads a column and adds the anomaly score alone. */
    NetworkModel<?> withOnly(String features, String anomaly) {
        NetworkModel<?> copy = network.withColumns(Map.of(NetworkColumn.ANOMALY, anomaly));
        return copy.setFeaturesCol(features);
    }

    @Override
    public Measured measure(
            JobContext context,
            Phases phases,
            Dataset<Row> table,
            FeatureColumns columns,
            ComparisonPlan plan) {
        JobConfiguration configuration = context.configuration();
        TableOptions options = TableSettings.whole(configuration);
        Likelihood likelihood = network.network().architecture().likelihood();
        try (ShardTable rows =
                phases.time(
                        "read",
                        () ->
                                ShardTable.of(
                                        table,
                                        columns,
                                        scaling(),
                                        options,
                                        width -> {
                                            requireWidth(width);
                                            return LikelihoodColumns.check(
                                                            network.network().kind(),
                                                            likelihood,
                                                            columns.featureNames(width))
                                                    .ofHeldOut();
                                        }))) {
            int samples = new NetworkOptions(configuration).importanceSamples();
            NetworkMeasures figures = network.measures(samples);
            plan.requireEnough(rows.train(), "evaluated rows");
            Comparison comparison =
                    phases.time(
                            "evaluate",
                            () ->
                                    new Comparisons(plan, network, rows, "evaluated rows")
                                            .of(rows.train(), "evaluated rows"));
            List<String> warnings = new ArrayList<>(rows.facts().warnings());
            Map<String, Object> measures =
                    phases.time(
                            "evaluate",
                            () -> {
                                Map<String, Object> found =
                                        new LinkedHashMap<>(
                                                figures.of(rows.train(), "figures of the rows"));
                                found.putAll(comparison.figures());
                                agreement(table, columns, options, warnings)
                                        .ifPresent(found::putAll);
                                new AnomalyMeasure(this, configuration)
                                        .of(table, columns)
                                        .ifPresent(area -> found.put("areaUnderRoc", area));
                                return found;
                            });
            return new Measured(rows.facts(), warnings, rows.scaling(), measures, comparison);
        }
    }

    /** How components agree with the label; empty without components or without a label. */
    private Optional<Map<String, Object>> agreement(
            Dataset<Row> table,
            FeatureColumns columns,
            TableOptions options,
            List<String> warnings) {
        return options.label() == null || !network.offers(NetworkColumn.PREDICTION)
                ? Optional.empty()
                : Optional.ofNullable(
                                LabelMeasures.of(assembler(columns), network, warnings::add)
                                        .of(LabelMeasures.TABLE, table, columns, options)
                                        .get(false))
                        .map(LabelMeasures.Agreement::figures);
    }

    @Override
    public Draw draw(JobContext context, boolean flat) {
        if (!(network instanceof GenerativeModel<?> model)) {
            throw new UsageException(
                    "the model at \"%s\" is a plain autoencoder, which has no distribution to draw rows from; train one of model.type = vae"
                            .formatted(path));
        }
        Optional<Integer> component = context.configuration().sample().component();
        requireComponent(component, network.network().architecture().components());
        boolean noise = ((NetworkSettings) context.configuration().model()).sampleNoise();
        SampledRows rows = new SampledRows(this, flat, List.of());
        return new Draw() {
            @Override
            public Dataset<Row> rows(SampleSection section) {
                Dataset<Row> drawn =
                        component.isPresent()
                                ? ((ComponentModel<?>) model)
                                        .sample(
                                                section.rows(),
                                                section.seed(),
                                                noise,
                                                component.get())
                                : model.sample(section.rows(), section.seed(), noise);
                return rows.of(drawn, section.rows());
            }

            @Override
            public String of() {
                String what = component.map(k -> "component " + k).orElse("the model");
                return noise ? what : what + ", without the noise of the likelihood";
            }
        };
    }

    @Override
    public Inspection inspect() {
        return NetworkInspection.of(this);
    }
}
