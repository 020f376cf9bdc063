package io.github.sparklatent.ml.core;

import io.github.sparklatent.cluster.storage.HadoopStore;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.StateCodec;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.onnx.ElementType;
import io.github.sparklatent.onnx.Graph;
import io.github.sparklatent.scoring.AlertRule;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Writes a network as an ONNX file. The file reads scaled features; how the columns of a table become features, and the
 * scores of the reference rows, are JSON in its metadata.
 *
 * @param rule compares anomaly scores with those of reference rows; empty: no scores are known
 */
public record OnnxExport(LatentModel<?> model, Optional<AlertRule> rule) {
    /** An ONNX file with the names of its outputs. */
    public record OnnxFile(byte[] content, List<String> outputs) {}

    /**
     * Returns the file.
     *
     * @throws UnsupportedOperationException if the model has no such part
     */
    public OnnxFile of(OnnxPart part) {
        model.noOnnxBecause(part).ifPresent(reason -> {
            throw new UnsupportedOperationException("the model " + reason);
        });
        Graph graph = new Graph();
        boolean isDecoder = part == OnnxPart.DECODER;
        OnnxGraph whole = new OnnxGraph(
                graph,
                part,
                graph.input(
                        isDecoder ? "latent" : "features",
                        ElementType.FLOAT,
                        OnnxGraph.ROWS,
                        isDecoder ? model.latentCount() : model.numFeatures()),
                model.form().scaling());
        model.addTo(whole);
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("spark_latent.version", BuildInfo.read().version());
        metadata.put("spark_latent.commit", BuildInfo.read().commit());
        metadata.put("spark_latent.model_type", model.modelType().type());
        metadata.put("spark_latent.uid", model.uid());
        metadata.put("spark_latent.part", part.toString());
        if (!isDecoder) {
            metadata.put("spark_latent.table", Json.line(table()));
        }
        metadata.put("spark_latent.outputs", Json.line(new LinkedHashMap<>(whole.outputs())));
        if (!whole.notes().isEmpty()) {
            metadata.put("spark_latent.notes", String.join(" ", whole.notes()));
        }
        return new OnnxFile(
                graph.model(
                        model.modelType().estimator(),
                        model.describe(),
                        BuildInfo.read().version(),
                        metadata),
                List.copyOf(whole.outputs().keySet()));
    }

    /** Returns what the model knows of its table, in the form in which it is saved. */
    private Map<String, Object> table() {
        Map<String, Object> table = StateCodec.tree(model.form().saved());
        table.put("featuresCol", model.getFeaturesCol());
        model.requireRule(rule.isPresent());
        rule.ifPresent(own -> {
            table.put("alertRate", own.alertRate());
            table.put("threshold", own.hasThreshold() ? own.threshold() : "NaN");
        });
        return table;
    }

    /**
     * Writes the file of the whole model, all of it or nothing.
     *
     * @param path path of any file system of Hadoop
     * @throws DataException if there is a file of other content
     * @throws IOException if it cannot be written
     */
    void write(String path) throws IOException {
        Path file = new Path(path);
        Configuration hadoop = SparkSession.active().sparkContext().hadoopConfiguration();
        if (!new HadoopStore(hadoop, file).putIfAbsent(file, of(OnnxPart.WHOLE).content())) {
            throw new DataException("\"%s\" exists; remove it, or name another file".formatted(path));
        }
    }
}
