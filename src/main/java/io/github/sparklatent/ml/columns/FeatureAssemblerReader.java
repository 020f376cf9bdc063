package io.github.sparklatent.ml.columns;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.io.ModelDirectory;
import org.apache.spark.ml.util.DefaultParamsReader.Metadata;
import org.apache.spark.ml.util.MLReader;

/** Loads a saved {@link FeatureAssembler}. */
final class FeatureAssemblerReader extends MLReader<FeatureAssembler> {
    @Override
    public FeatureAssembler load(String path) {
        ModelDirectory directory = new ModelDirectory(sparkSession(), path);
        Metadata metadata = directory.metadata();
        if (!metadata.className().equals(FeatureAssembler.class.getName())) {
            throw new DataException(
                    "the model at %s is a %s, expected a FeatureAssembler"
                            .formatted(path, metadata.className()));
        }
        return directory.withParams(metadata, ScalingTable.read(directory, metadata.uid()));
    }
}
