package examples;

import io.github.sparklatent.ml.evaluation.MixtureEvaluator;
import io.github.sparklatent.ml.mixture.Mixture;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/** Chooses the number of groups of people by the density of held-out rows, and counts the rows of each group. */
public final class Groups {
    private Groups() {}

    public static void main(String[] args) {
        SparkSession spark = SparkSession.builder().master("local[*]").getOrCreate();
        Dataset<Row> people = spark.read()
                .options(Map.of("header", "true", "inferSchema", "true", "nullValue", "?"))
                .csv("conf/data/adult.csv.gz");
        Mixture mixture = new Mixture().setInputCols("*").setLogDensityCol("logDensity");
        List<String[]> numbers = List.of(new String[] {"2"}, new String[] {"4"}, new String[] {"8"});
        ParamMap[] grid = new ParamGridBuilder() // setK(2, 4, 8) instead would choose by a criterion, in one fit
                .addGrid(mixture.k(), CollectionConverters.asScala(numbers))
                .build();
        CrossValidator validator = new CrossValidator().setEstimator(mixture).setEstimatorParamMaps(grid);
        var best = validator.setEvaluator(new MixtureEvaluator()).setNumFolds(2).fit(people);
        best.transform(people).groupBy("prediction").count().show();
        spark.stop();
    }
}
