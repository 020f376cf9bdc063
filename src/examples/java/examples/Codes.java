package examples;

import io.github.sparklatent.ml.mixture.GaussianMixture;
import io.github.sparklatent.ml.network.VariationalAutoencoder;
import java.io.IOException;
import java.util.stream.IntStream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Compresses images of digits to codes of eight numbers, and finds ten groups of codes. */
public final class Codes {
    private Codes() {}

    public static void main(String[] args) throws IOException {
        SparkSession spark = SparkSession.builder().master("local[*]").getOrCreate();
        Dataset<Row> digits = spark.read().option("inferSchema", "true").csv("conf/data/digits.csv.gz");
        VariationalAutoencoder encoder = new VariationalAutoencoder()
                .setInputCols(IntStream.range(0, 64).mapToObj(i -> "_c" + i).toArray(String[]::new))
                .setLatent(8)
                .setMaxEpochs(20)
                .setLatentCol("latent");
        GaussianMixture groups = new GaussianMixture().setK(10).setFeaturesCol("latent");
        var model =
                new Pipeline().setStages(new PipelineStage[] {encoder, groups}).fit(digits);
        model.transform(digits)
                .groupBy("prediction", "_c64")
                .count()
                .orderBy("prediction", "_c64")
                .show();
        model.write().overwrite().save("out/codes-of-digits");
        spark.stop();
    }
}
