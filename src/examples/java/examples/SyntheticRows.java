package examples;

import io.github.sparklatent.ml.mixture.Mixture;
import io.github.sparklatent.ml.mixture.MixtureModel;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Writes 1,000 synthetic people, with the columns and types of the table. */
public final class SyntheticRows {
    private SyntheticRows() {}

    public static void main(String[] args) {
        SparkSession spark = SparkSession.builder().master("local[*]").getOrCreate();
        Dataset<Row> people = spark.read()
                .options(Map.of("header", "true", "inferSchema", "true", "nullValue", "?"))
                .csv("conf/data/adult.csv.gz");
        MixtureModel model =
                new Mixture().setK(1).setInputCols("*").setWithin("trees").fit(people);
        model.set(model.view(), "{\"view\": \"sample\", \"rows\": 1000, \"given\": {\"age\": 40}}");
        Dataset<Row> synthetic = model.transform(people).drop("component");
        synthetic.show(5);
        synthetic.write().mode("overwrite").parquet("out/synthetic-people");
        spark.stop();
    }
}
