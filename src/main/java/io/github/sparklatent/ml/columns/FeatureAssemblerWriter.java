package io.github.sparklatent.ml.columns;

import io.github.sparklatent.ml.io.ModelTable;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsWriter;

/** Saves an assembler: params as metadata, width and scaling as {@code data/}. */
final class FeatureAssemblerWriter extends DefaultParamsWriter {
    private final FeatureAssembler assembler;

    FeatureAssemblerWriter(FeatureAssembler assembler) {
        super(assembler);
        this.assembler = assembler;
    }

    @Override
    public void saveImpl(String path) {
        super.saveImpl(path);
        ModelTable.write(
                ScalingTable.of(sparkSession(), assembler),
                new Path(path, ScalingTable.NAME).toString());
    }
}
