package examples;

import static org.apache.spark.sql.functions.col;

import io.github.sparklatent.ml.mixture.Mixture;
import io.github.sparklatent.ml.mixture.MixtureModel;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Flags one in a hundred sessions of a web shop and prints the reasons of the most anomalous ones. */
public final class Anomalies {
    private Anomalies() {}

    public static void main(String[] args) {
        SparkSession spark = SparkSession.builder().master("local[*]").getOrCreate();
        Dataset<Row> sessions = spark.read()
                .options(Map.of("header", "true", "inferSchema", "true", "nullValue", "-1"))
                .csv("conf/data/shoppers.csv.gz");
        Dataset<Row>[] parts = sessions.randomSplit(new double[] {0.7, 0.3}, 1);
        MixtureModel model = new Mixture()
                .setK(8)
                .setInputCols("ProductRelated", "ExitRates", "PageValues", "VisitorType", "Weekend")
                .setNumbers("student-t") // heavy tails
                .setAlertRate(0.01)
                .setContributionsCol("contributions")
                .fit(parts[0]);
        model.transform(parts[1])
                .where("isAnomaly")
                .orderBy(col("severity").desc())
                .select("severity", "contributions.column", "contributions.value", "contributions.expected")
                .show(5, false);
        spark.stop();
    }
}
