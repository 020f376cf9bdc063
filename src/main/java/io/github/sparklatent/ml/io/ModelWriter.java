package io.github.sparklatent.ml.io;

import io.github.sparklatent.learn.StateCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWritable;
import scala.Option;

/**
 * Saves a stage as spark.ml does: its Params as metadata, and beside them its content in one file. A stage may have
 * other stages, too.
 */
public final class ModelWriter extends DefaultParamsWriter {
    private final Params stage;
    private final Map<String, MLWritable> stages = new LinkedHashMap<>();

    private final Map<String, Object> contents = new LinkedHashMap<>();

    /**
     * Creates a writer of the Params and of a content.
     *
     * @param content a record that {@link StateCodec#MODEL} can write; null: there is none
     */
    public ModelWriter(Params stage, Object content) {
        super(stage);
        this.stage = stage;
        if (content != null) {
            contents.put(ModelDirectory.CONTENT, content);
        }
    }

    /**
     * Adds a file.
     *
     * @param record a record that {@link StateCodec#MODEL} can write
     */
    public ModelWriter with(String file, Object record) {
        contents.put(file, record);
        return this;
    }

    /**
     * Adds a stage that this one contains.
     *
     * @param name name of the stage's directory
     */
    public ModelWriter with(String name, MLWritable stage) {
        stages.put(name, stage);
        return this;
    }

    @Override
    public void saveImpl(String path) {
        ModelDirectory directory = new ModelDirectory(sparkSession(), path);
        if (ModelDirectory.isLocal()) {
            super.saveImpl(path);
        } else {
            directory.writeMetadata(
                    DefaultParamsWriter.getMetadataToSave(stage, sparkSession(), Option.empty(), Option.empty()));
        }
        contents.forEach(directory::write);
        stages.forEach((name, stage) -> save(stage, new Path(path, name)));
    }

    /** Saves a stage in a new directory. */
    public static void save(MLWritable stage, Path path) {
        try {
            stage.write().save(path.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path + ": " + e.getMessage(), e);
        }
    }
}
