package io.github.sparklatent.app.registry;

import io.github.sparklatent.app.job.ExportJob;
import io.github.sparklatent.app.registry.mlflow.ModelFiles;
import io.github.sparklatent.config.ScoreSection;
import io.github.sparklatent.ml.core.BuildInfo;
import io.github.sparklatent.ml.core.OnnxExport;
import io.github.sparklatent.ml.core.OnnxPart;
import io.github.sparklatent.ml.core.SavedModel;
import io.github.sparklatent.ml.io.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of a version from which MLflow loads the model without Spark. It exists if the model has an ONNX file.
 */
final class ServedModel {
    /** Name of the directory in a version. */
    static final String DIRECTORY = "mlflow";

    private static final Logger LOG = LoggerFactory.getLogger(ServedModel.class);

    private ServedModel() {}

    /**
     * Returns the files by their paths in the version; none if the model cannot be exported. A version without them is
     * complete, so a failure is only logged.
     */
    static Map<String, byte[]> files(SavedModel saved, ScoreSection section) {
        Optional<String> reason = saved.model().noOnnxBecause(OnnxPart.WHOLE);
        if (reason.isPresent()) {
            LOG.info(
                    "MLflow will show the version with the flavour spark_latent only, without python_function, because the model {}",
                    reason.get());
            return Map.of();
        }
        try {
            OnnxExport export = ExportJob.of(saved, section);
            byte[] onnx = export.of(OnnxPart.WHOLE);
            Map<String, Object> facts =
                    facts(BuildInfo.read().version(), saved.model().modelType().type());
            facts.put("uid", saved.model().uid());
            facts.put("outputs", export.outputs());
            Map<String, byte[]> files = new LinkedHashMap<>();
            ModelFiles.ofOnnx(onnx, export.columns(), facts, Instant.now())
                    .forEach((name, content) -> files.put(DIRECTORY + "/" + name, content));
            return files;
        } catch (RuntimeException e) {
            LOG.warn(
                    "MLflow will show the version with the flavour spark_latent only, without python_function, because the model cannot be exported: {}",
                    e.toString());
            return Map.of();
        }
    }

    /** Returns what the flavour of this library says about every model. */
    static Map<String, Object> facts(Object version, Object type) {
        return Json.object("version", version, "model_type", type);
    }
}
