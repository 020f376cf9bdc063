package examples;

import io.github.sparklatent.ml.mixture.Mixture;
import io.github.sparklatent.ml.mixture.MixtureModel;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Fills in the missing cells of a census. */
public final class Imputation {
    private Imputation() {}

    public static void main(String[] args) {
        SparkSession spark = SparkSession.builder().master("local[*]").getOrCreate();
        Dataset<Row> people = spark.read()
                .options(Map.of("header", "true", "inferSchema", "true", "nullValue", "?"))
                .csv("conf/data/adult.csv.gz");
        MixtureModel model = new Mixture()
                .setK(8)
                .setInputCols("age", "workclass", "education", "occupation", "hours_per_week")
                .setImputedCol("imputed")
                .fit(people);
        model.transform(people)
                .where("occupation is null")
                .select("age", "education", "occupation", "imputed.occupation")
                .show(5);
        spark.stop();
    }
}
